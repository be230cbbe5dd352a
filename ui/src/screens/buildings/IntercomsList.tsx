import type { UseQueryResult } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { memo, useDeferredValue, useEffect } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import type { IntercomList } from "../../core/bindings/IntercomList";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import type { ServerView } from "../../core/bindings/ServerView";
import type { SourceReport } from "../../core/bindings/SourceReport";
import { useReachability, useSignInRequests } from "../../core/CoreProvider";
import { signedOut } from "../../core/errors";
import { useIsReleased } from "../../core/firstPaint";
import { useLost } from "../../core/reachability";
import { useLatest } from "../../core/useLatest";
import { useTexts } from "../../i18n/texts";
import { instant } from "../../i18n/time";
import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";
import { OnlineMark } from "../../parts/OnlineMark";
import { isolated } from "../../parts/oneLine";
import { isToldOnTop, ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import { ServerText } from "../../parts/ServerText";
import { ShortName } from "../../parts/ShortName";
import { Skeleton } from "../../parts/Skeleton";
import { Tag } from "../../parts/Tag";
import { AddIntercom } from "./AddIntercom";
import styles from "./BuildingsScreen.module.css";

/** Pixels that an intercom takes at least: BuildingsScreen.module.css. */
const LEAST_HEIGHT = 58;

type IntercomsListProps = {
  server: ServerView;
  load: UseQueryResult<IntercomList, CommandError>;
  /** What is known of them, whether or not the server answers. */
  rows: readonly IntercomRow[] | undefined;
  chosen: number | null;
  onChoose: (id: number) => void;
};

export function IntercomsList({ server, load, rows, chosen, onChoose }: IntercomsListProps) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  const sources = load.data?.sources;
  const lostAt = useLost(useReachability(), server.id);

  useEffect(() => {
    for (const source of sources ?? []) {
      const account = source.error === null ? null : signedOut(source.error);
      if (account !== null) requests.ask(account, "read");
    }
  }, [sources, requests]);

  const failed = distinct(sources ?? []);
  // Where some are remembered, that the server is away is said on top, once.
  const told = failed.filter(({ error }) => (rows ?? []).length === 0 || !isToldOnTop(server, error));
  const choose = useLatest(onChoose);
  // What is in sight first: of hundreds the others may come when nothing else is to be drawn.
  const inSight = rows?.slice(0, Math.ceil(window.innerHeight / LEAST_HEIGHT));
  const isReleased = useIsReleased();
  const deferred = useDeferredValue(isReleased ? rows : inSight, inSight);
  const drawn = deferred === undefined || deferred.length === 0 ? inSight : deferred;
  const isLate = load.data === undefined || load.isError || failed.length > 0 || server.lostAt !== null;
  // The server was asked for something else since and did not answer: what it said before is the past.
  const saidBefore = ({ onlineAt }: IntercomRow) => lostAt !== null && (instant(onlineAt) ?? 0) <= lostAt;
  return (
    <section className={styles.intercoms} aria-label={t("intercoms.title")}>
      <header className={styles.intercomsHead}>
        <h2>{t("intercoms.title")}</h2>
        <Button
          look="quiet"
          aria-label={t("intercoms.refresh")}
          title={t("intercoms.refresh")}
          icon={<RefreshCw aria-hidden="true" />}
          busy={load.isFetching}
          onClick={() => void load.refetch()}
        />
      </header>
      <div className={styles.intercomsBody}>
        {load.isPending && (rows ?? []).length === 0 && <Skeleton rows={4} height={LEAST_HEIGHT} />}
        {load.error !== null && (
          <ReadProblem
            error={load.error}
            server={server}
            remembered={(rows ?? []).length > 0}
            onRetry={() => void load.refetch()}
          />
        )}
        {drawn !== undefined && (
          <ul>
            {drawn.map((row) => (
              <li key={row.id}>
                <Intercom
                  row={row}
                  late={isLate || saidBefore(row)}
                  chosen={row.id === chosen}
                  onChoose={choose}
                />
              </li>
            ))}
          </ul>
        )}
        <div className={styles.sources}>
          {load.data !== undefined && rows?.length === 0 && failed.length === 0 && (
            <Note>{t("intercoms.empty")}</Note>
          )}
          {told.map(({ source, error }) => (
            <div key={source} className={styles.failed}>
              <p>{t(`intercoms.sourceFailed.${source}`)}</p>
              {(rows ?? []).length > 0 && <p>{t("intercoms.lastKnown")}</p>}
              <ReadProblem error={error} server={server} onRetry={() => void load.refetch()} />
            </div>
          ))}
          <RecordProblems problems={load.data?.problems ?? []} />
          <Incomplete sources={sources ?? []} />
        </div>
      </div>
      <AddIntercom server={server} onAdded={onChoose} />
    </section>
  );
}

/** Sources that have nothing to say: whoever misses an intercom finds out why here. */
function Incomplete({ sources }: { sources: readonly SourceReport[] }) {
  const { t } = useTexts();
  const texts = sources.flatMap(({ source, state }) =>
    state === "partial" || state === "not_offered" || state === "no_account"
      ? [t(`intercoms.sourceState.${source}.${state}`)]
      : [],
  );
  if (texts.length === 0) return null;
  return (
    <div className={styles.incomplete}>
      <p>{t("intercoms.incomplete")}</p>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
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

type IntercomProps = { row: IntercomRow; late: boolean; chosen: boolean; onChoose: (id: number) => void };

const Intercom = memo(function Intercom({ row, late, chosen, onChoose }: IntercomProps) {
  const { t } = useTexts();
  const title = row.title ?? t("intercoms.onlyId", { id: row.id });
  const entrance =
    row.entrance === null ? null : t("intercoms.entrance", { entrance: isolated(row.entrance) });
  const place = [row.address === null ? null : isolated(row.address), entrance]
    .filter((part) => part !== null)
    .join(" · ");
  return (
    <button
      type="button"
      className={styles.intercom}
      aria-current={chosen || undefined}
      onClick={() => onChoose(row.id)}
    >
      <span className={styles.intercomHead}>
        <b className={styles.intercomTitle} title={isolated(title)}>
          <ServerText>{title}</ServerText>
        </b>{" "}
        <ShortName>{row.shortName}</ShortName>
      </span>{" "}
      {place !== "" && (
        <span className={styles.address} title={place}>
          {place}
        </span>
      )}{" "}
      <span className={styles.intercomMarks}>
        <OnlineMark online={row.online} at={row.onlineAt} late={late} />{" "}
        {row.added && <Tag>{t("intercoms.addedByYou")}</Tag>}
      </span>
    </button>
  );
});
