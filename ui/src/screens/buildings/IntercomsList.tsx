import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../../core/bindings/CommandError";
import type { IntercomList } from "../../core/bindings/IntercomList";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import type { ServerView } from "../../core/bindings/ServerView";
import type { SourceReport } from "../../core/bindings/SourceReport";
import { useSignInRequests } from "../../core/CoreProvider";
import { signedOut } from "../../core/errors";
import { Note } from "../../parts/Note";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import { Skeleton } from "../../parts/Skeleton";
import { OnlineMark } from "../../parts/StateMark";
import { AddIntercom } from "./AddIntercom";
import styles from "./BuildingsScreen.module.css";

type IntercomsListProps = {
  server: ServerView;
  list: UseQueryResult<IntercomList, CommandError>;
  chosen: number | null;
  onChoose: (id: number) => void;
};

export function IntercomsList({ server, list, chosen, onChoose }: IntercomsListProps) {
  const { t } = useTranslation();
  const requests = useSignInRequests();
  const sources = list.data?.sources;

  useEffect(() => {
    for (const source of sources ?? []) {
      const account = source.error === null ? null : signedOut(source.error);
      if (account !== null) requests.ask(account, "read");
    }
  }, [sources, requests]);

  const failed = distinct(sources ?? []);
  return (
    <section className={styles.intercoms} aria-label={t("intercoms.title")}>
      <h2>{t("intercoms.title")}</h2>
      {list.isPending && <Skeleton rows={4} height={58} />}
      {list.error !== null && (
        <ReadProblem error={list.error} server={server} onRetry={() => void list.refetch()} />
      )}
      {list.data !== undefined && (
        <ul>
          {list.data.intercoms.map((row) => (
            <li key={row.id}>
              <Intercom row={row} chosen={row.id === chosen} onChoose={() => onChoose(row.id)} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.sources}>
        {list.data?.intercoms.length === 0 && failed.length === 0 && <Note>{t("intercoms.empty")}</Note>}
        {failed.map(({ source, error }) => (
          <div key={source} className={styles.failed}>
            <p>{t(`intercoms.sourceFailed.${source}`)}</p>
            <ReadProblem error={error} server={server} onRetry={() => void list.refetch()} />
          </div>
        ))}
        <RecordProblems problems={list.data?.problems ?? []} />
      </div>
      <AddIntercom server={server.id} onAdded={onChoose} />
    </section>
  );
}

/** The sources that failed, one for each kind of failure: the same cause is told once. */
function distinct(
  sources: readonly SourceReport[],
): { source: SourceReport["source"]; error: CommandError }[] {
  const byCode = new Map<string, { source: SourceReport["source"]; error: CommandError }>();
  for (const { source, error } of sources) {
    if (error !== null && !byCode.has(error.code)) byCode.set(error.code, { source, error });
  }
  return [...byCode.values()];
}

function Intercom({ row, chosen, onChoose }: { row: IntercomRow; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const title = row.title ?? t("intercoms.onlyId", { id: row.id });
  const entrance = row.entrance === null ? null : t("intercoms.entrance", { entrance: row.entrance });
  const place = [row.address, entrance].filter((part) => part !== null).join(" · ");
  return (
    <button type="button" className={styles.intercom} aria-current={chosen || undefined} onClick={onChoose}>
      <span className={styles.intercomTop}>
        <b title={title}>{title}</b> <OnlineMark online={row.online} />
      </span>{" "}
      {place !== "" && (
        <span className={styles.address} title={place}>
          {place}
        </span>
      )}
    </button>
  );
}
