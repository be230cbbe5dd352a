import type { UseQueryResult } from "@tanstack/react-query";
import type { Ref } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { listKeys } from "../../core/bindings/commands";
import type { KeysLoaded } from "../../core/bindings/KeysLoaded";
import type { ServerView } from "../../core/bindings/ServerView";
import { useRead } from "../../core/useRead";
import { WINDOW_ROWS } from "../../core/windowRows";
import { useTexts } from "../../i18n/texts";
import type { GridHandle } from "../../parts/Grid";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { Notes } from "../../parts/Notes";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import { Skeleton } from "../../parts/Skeleton";
import styles from "./BuildingsScreen.module.css";
import { KeysGrid } from "./KeysGrid";

type KeysViewProps = {
  server: ServerView;
  intercom: number;
  load: UseQueryResult<KeysLoaded, CommandError>;
  filter: string;
  selected: number | null;
  onOpenFlat: (flat: number) => void;
  grid: Ref<GridHandle>;
};

/** The keys of an intercom: what there is to know about the list, then the list. */
export function KeysView({ server, intercom, load, filter, selected, onOpenFlat, grid }: KeysViewProps) {
  const { t } = useTexts();
  const listing = load.data?.listing;
  const problems = load.data?.problems ?? [];
  const listed = listing === "complete" || listing === "partial";
  const quiet = load.error === null && listing === "complete" && problems.length === 0;
  // What is remembered is shown until the server has its say.
  const remembered = useRead(
    listKeys,
    {
      server: server.id,
      intercom,
      filter: "",
      sort: "key",
      descending: false,
      offset: 0,
      limit: WINDOW_ROWS,
    },
    { enabled: load.data === undefined, after: 0 },
  );
  const isRemembered = load.data === undefined && (remembered.data?.loaded ?? 0) > 0;
  if (load.isPending && !isRemembered) return <Skeleton rows={12} />;
  return (
    <div className={styles.content}>
      {!quiet && (
        <Notes alone={!listed}>
          {load.error !== null && (
            <ReadProblem
              error={load.error}
              server={server}
              remembered={listed || isRemembered}
              onRetry={() => void load.refetch()}
            />
          )}
          <RecordProblems problems={problems} />
          {listing === "partial" && (
            <Note tone="warn" title={t("flats.partialTitle")}>
              {t("fobs.partial")}
            </Note>
          )}
          {listing === "no_account" && (
            <NeedsAccount server={server} account="admin" why={t("fobs.noAccount")} />
          )}
          {listing === "not_offered" && <Note title={t("fobs.notOfferedTitle")}>{t("fobs.notOffered")}</Note>}
        </Notes>
      )}
      {(listed || isRemembered) && (
        <KeysGrid
          ref={grid}
          server={server.id}
          intercom={intercom}
          filter={filter}
          loadedAt={load.dataUpdatedAt}
          selected={selected}
          onOpenFlat={onOpenFlat}
        />
      )}
    </div>
  );
}
