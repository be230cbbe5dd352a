import { useNavigate, useSearch } from "@tanstack/react-router";
import { KeyRound, RefreshCw, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useShortcut } from "../../app/shortcuts";
import type { CodeFilter } from "../../core/bindings/CodeFilter";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { loadCodes } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useActiveServer } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Empty } from "../../parts/Empty";
import { FilterField } from "../../parts/FilterField";
import type { GridHandle } from "../../parts/Grid";
import { NoServer } from "../../parts/NoServer";
import { Pane } from "../../parts/Pane";
import { IssueRuns } from "../issue/IssueRuns";
import { useFoundFor } from "../search/found";
import { CodePane } from "./CodePane";
import { CodesGrid } from "./CodesGrid";
import { CodesNotes } from "./CodesNotes";
import styles from "./CodesScreen.module.css";
import { useCodeSelection } from "./codeSelection";
import { DeleteDialog } from "./DeleteDialog";
import { DeletionResults } from "./DeletionResults";
import { useDeletion } from "./deletion";
import { NewCodePane } from "./NewCodePane";
import { useCodeRow, useOpenedCode } from "./openedCode";

export function CodesScreen() {
  const server = useActiveServer();
  return server === null ? <NoServer /> : <Codes key={server.id} server={server} />;
}

function Codes({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ from: "/codes" });
  const load = useRead(loadCodes, { server: server.id });
  const [typed, setTyped] = useState("");
  const filter: CodeFilter = search.show ?? "all";
  const [last, setOpened] = useOpenedCode();
  const opened = useRef(last);
  opened.current = last;
  const [deleting, setDeleting] = useState<readonly CodeRow[] | null>(null);
  const grid = useRef<GridHandle<CodeRow>>(null);
  const deletion = useDeletion(server.id);
  const {
    selection,
    rows: picked,
    full,
    clear,
  } = useCodeSelection({
    server: server.id,
    filter,
    search: typed,
  });
  const open = useCodeRow(server.id, search.row, load.dataUpdatedAt);
  const forDeletion = useFoundFor("delete");
  useEffect(() => {
    // Asked once: the answer must not ask again.
    if (forDeletion !== undefined && opened.current !== null) setDeleting([opened.current]);
  }, [forDeletion]);
  const go = (next: { row?: string; new?: boolean; show?: CodeFilter }) =>
    void navigate({
      to: "/codes",
      search: { row: next.row, new: next.new, show: next.show ?? search.show },
    });
  const close = () => {
    go({});
    grid.current?.focus();
  };
  const create = () => go({ new: true });
  const askDelete = () => {
    const row = grid.current?.active();
    if (picked.length > 0) setDeleting(picked);
    else if (row !== undefined) setDeleting([row]);
  };

  useShortcut("n", t("keys.newCode"), create);
  useShortcut("r", t("keys.refresh"), () => void load.refetch());
  useShortcut("delete", t("keys.deleteCodes"), askDelete);

  const hasPane = search.new === true || search.row !== undefined;
  return (
    <div className={`${styles.screen} ${hasPane ? styles.withPane : ""}`}>
      <section className={styles.panel} aria-label={t("codes.title")}>
        <header className={styles.bar}>
          <h1>{t("codes.title")}</h1>
          <FilterField
            label={t("codes.search")}
            value={typed}
            onChange={setTyped}
            onLeave={() => grid.current?.focus()}
          />
          <Button
            look="quiet"
            aria-label={t("common.refresh")}
            title={t("common.refresh")}
            icon={<RefreshCw aria-hidden="true" />}
            busy={load.isFetching}
            onClick={() => void load.refetch()}
          />
          <Button look="primary" keyHint="n" icon={<KeyRound aria-hidden="true" />} onClick={create}>
            {t("codes.new")}
          </Button>
        </header>
        <CodesNotes server={server} load={load} />
        <IssueRuns server={server.id} />
        <DeletionResults
          server={server}
          escapes={!hasPane && picked.length === 0 && typed === ""}
          onClosed={() => grid.current?.focus()}
        />
        {picked.length > 0 && (
          <div className={styles.picked}>
            <p role="status">
              {t("codes.selected", { count: picked.length })}
              {full && ` ${t("codes.selectedMost")}`}
            </p>
            <Button
              look="danger"
              keyHint="delete"
              icon={<Trash2 aria-hidden="true" />}
              onClick={() => setDeleting(picked)}
            >
              {t("codes.deleteSelected", { count: picked.length })}
            </Button>
            <Button look="quiet" keyHint="escape" onClick={clear}>
              {t("codes.clearSelection")}
            </Button>
          </div>
        )}
        <CodesGrid
          ref={grid}
          server={server.id}
          load={load}
          filter={filter}
          search={typed}
          selected={search.row ?? null}
          selection={selection}
          onFilter={(show) => go({ show })}
          onOpen={(row) => {
            setOpened(() => row);
            go({ row: row.key });
          }}
          onDelete={askDelete}
        />
      </section>
      {search.new === true && <NewCodePane server={server} onClose={close} />}
      {search.new !== true && search.row !== undefined && open.row !== null && (
        <CodePane
          key={open.row.key}
          server={server.id}
          row={open.row}
          isGone={open.isGone}
          onDelete={() => open.row !== null && setDeleting([open.row])}
          onClose={close}
        />
      )}
      {search.new !== true && search.row !== undefined && open.row === null && (
        <Pane title={t("codes.title")} onClose={close}>
          {open.isGone && <Empty title={t("codes.notFound")} />}
        </Pane>
      )}
      {deleting !== null && (
        <DeleteDialog
          server={server.id}
          rows={deleting}
          onDelete={(rows) => {
            deletion.start(rows);
            setDeleting(null);
            clear();
          }}
          onClose={() => setDeleting(null)}
        />
      )}
    </div>
  );
}
