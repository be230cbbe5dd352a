import { useNavigate, useSearch } from "@tanstack/react-router";
import { KeyRound, RefreshCw } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/shortcuts";
import type { CodeFilter } from "../../core/bindings/CodeFilter";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { loadCodes } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useActiveServer } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { Button } from "../../parts/Button";
import { FilterField } from "../../parts/FilterField";
import type { GridHandle } from "../../parts/Grid";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { NoServer } from "../../parts/NoServer";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import { CodePane } from "./CodePane";
import { CodesGrid } from "./CodesGrid";
import styles from "./CodesScreen.module.css";
import { NewCodePane } from "./NewCodePane";

export function CodesScreen() {
  const server = useActiveServer();
  return server === null ? <NoServer /> : <Codes key={server.id} server={server} />;
}

function Codes({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/codes" });
  const load = useRead(loadCodes, { server: server.id });
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState<CodeFilter>("all");
  const [opened, setOpened] = useState<CodeRow | null>(null);
  const grid = useRef<GridHandle>(null);
  const go = (next: { row?: string; new?: boolean }) =>
    void navigate({ to: "/codes", search: { row: next.row, new: next.new } });
  const create = () => go({ new: true });

  useShortcut("n", t("keys.newCode"), create);
  useShortcut("r", t("keys.refresh"), () => void load.refetch());

  const pane =
    search.new === true ? (
      <NewCodePane server={server} onClose={() => go({})} />
    ) : search.row !== undefined && opened !== null && opened.key === search.row ? (
      <CodePane key={opened.key} server={server.id} row={opened} onClose={() => go({})} />
    ) : null;

  return (
    <div className={`${styles.screen} ${pane === null ? "" : styles.withPane}`}>
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
        <div className={styles.notes}>
          {load.error !== null && (
            <ReadProblem error={load.error} server={server} onRetry={() => void load.refetch()} />
          )}
          {load.data?.listing === "no_account" && (
            <NeedsAccount server={server} account="client" why={t("codes.noAccount")} />
          )}
          <RecordProblems problems={load.data?.problems ?? []} />
        </div>
        <CodesGrid
          ref={grid}
          server={server.id}
          load={load}
          filter={filter}
          search={typed}
          selected={search.row ?? null}
          onFilter={setFilter}
          onOpen={(row) => {
            setOpened(row);
            go({ row: row.key });
          }}
        />
      </section>
      {pane}
    </div>
  );
}
