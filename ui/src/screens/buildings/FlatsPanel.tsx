import { KeyRound, RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/shortcuts";
import { forgetIntercom, listFlats, loadFlats } from "../../core/bindings/commands";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { FilterField } from "../../parts/FilterField";
import type { GridHandle } from "../../parts/Grid";
import { Skeleton } from "../../parts/Skeleton";
import styles from "./BuildingsScreen.module.css";
import { FlatsGrid } from "./FlatsGrid";
import { FlatsNotes } from "./FlatsNotes";

type FlatsPanelProps = {
  server: ServerView;
  intercom: number;
  row: IntercomRow | null;
  selected: number | null;
  /** When the open flat was read last, in milliseconds. */
  flatReadAt: number;
  /** `byNumber`: the flat's number was typed and Enter pressed, so the person came for the flat, not the list. */
  onOpenFlat: (flat: number, byNumber: boolean) => void;
  onIssue: () => void;
  onForgotten: () => void;
};

/** The flats of one intercom: what can be done with the panel itself, a filter, and the list. */
export function FlatsPanel({
  server,
  intercom,
  row,
  selected,
  flatReadAt,
  onOpenFlat,
  onIssue,
  onForgotten,
}: FlatsPanelProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState("");
  const grid = useRef<GridHandle>(null);
  const load = useRead(loadFlats, { server: server.id, intercom });
  const forget = useWrite(forgetIntercom);
  const listed = load.data?.listing === "complete";

  useShortcut("r", t("keys.refresh"), () => void load.refetch());

  const toGrid = () => grid.current?.focus();
  // Asked of the core, not read off the list: what is painted may still answer what was typed before.
  const openTyped = async () => {
    const request = { sort: "number", descending: false, offset: 0, limit: 1 } as const;
    const found = await listFlats.run({ server: server.id, intercom, filter, ...request }).catch(() => null);
    const first = found?.rows[0];
    const meant = found?.total === 1 || first?.number.toLowerCase() === filter.trim().toLowerCase();
    if (first !== undefined && meant) onOpenFlat(first.id, true);
    else toGrid();
  };
  const wasSelected = useRef(selected);
  useEffect(() => {
    // The closed flat had the focus: it goes back to the list, never to nowhere.
    if (wasSelected.current !== null && selected === null) grid.current?.focus();
    wasSelected.current = selected;
  }, [selected]);

  return (
    <section className={styles.panel} aria-label={t("flats.title")}>
      <header className={styles.bar}>
        <h1 title={row?.title ?? undefined}>{row?.title ?? t("intercoms.onlyId", { id: intercom })}</h1>
        {listed && (
          <FilterField
            label={t("flats.filter")}
            value={filter}
            onChange={setFilter}
            onLeave={toGrid}
            onEnter={() => void openTyped()}
          />
        )}
        {abilities(server).codeForIntercom && (
          <Button icon={<KeyRound aria-hidden="true" />} onClick={onIssue}>
            {t("intercoms.code")}
          </Button>
        )}
        {row?.added === true && (
          <Button
            look="quiet"
            busy={forget.pending}
            onClick={() =>
              void forget.run({ server: server.id, intercom }).then((left) => left.done && onForgotten())
            }
          >
            {t("intercoms.forget")}
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={t("common.refresh")}
          title={t("common.refresh")}
          icon={<RefreshCw aria-hidden="true" />}
          busy={load.isFetching}
          onClick={() => void load.refetch()}
        />
      </header>
      {load.isPending && <Skeleton rows={12} />}
      {!load.isPending && (
        <div className={styles.content}>
          <FlatsNotes
            server={server}
            intercom={intercom}
            load={load}
            onOpenFlat={(flat) => onOpenFlat(flat, true)}
          />
          {forget.error !== null && <ErrorNote error={forget.error} />}
          {listed && (
            <FlatsGrid
              ref={grid}
              server={server.id}
              intercom={intercom}
              filter={filter}
              loadedAt={Math.max(load.dataUpdatedAt, flatReadAt)}
              confirmedAt={load.data?.confirmedAt ?? null}
              selected={selected}
              onOpen={(flat) => onOpenFlat(flat, false)}
            />
          )}
        </div>
      )}
    </section>
  );
}
