import { useTranslation } from "react-i18next";
import type { CodeDeleted } from "../../core/bindings/CodeDeleted";
import type { ServerView } from "../../core/bindings/ServerView";
import { errorWords } from "../../i18n/errorWords";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { ServerText } from "../../parts/ServerText";
import { Tag } from "../../parts/Tag";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import styles from "./CodesScreen.module.css";
import { canRetry, needsLook, useDeletion } from "./deletion";

const TONES = { deleted: "live", still_there: "warn", unknown: "warn", kept: "bad" } as const;

/** What became of each code that was to be deleted, until the person closes it, and what is safe to do next. */
export function DeletionResults({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const deletion = useDeletion(server.id);
  const { run } = deletion;
  if (run === null) return null;
  const done = run.results.filter(({ outcome }) => outcome === "deleted").length;
  const again = run.results.filter(canRetry).length;
  const ways = run.results.flatMap(({ error }) => (error !== null && hasWayOut(error) ? [error] : []));
  const way = run.error !== null && hasWayOut(run.error) ? run.error : ways[0];
  return (
    <section className={styles.results} aria-label={t("codes.deletion")} tabIndex={-1}>
      <header className={styles.resultsHead}>
        <h2>{t("codes.deletion")}</h2>
        <p role="status">
          {run.pending
            ? t("codes.deleting", { count: run.asked.length - run.results.length })
            : t("codes.deletedOf", { done, count: run.asked.length })}
        </p>
        {!run.pending && run.results.some(needsLook) && (
          <Button onClick={deletion.lookAgain}>{t("codes.lookAgain")}</Button>
        )}
        {!run.pending && again > 0 && (
          <Button onClick={deletion.retry}>{t("codes.tryThose", { count: again })}</Button>
        )}
        {!run.pending && way !== undefined && <WayOut error={way} server={server.id} />}
        {!run.pending && (
          <Button look="quiet" aria-label={t("codes.closeResults")} onClick={deletion.close}>
            {t("common.close")}
          </Button>
        )}
      </header>
      {run.error !== null && <ErrorNote error={run.error} />}
      <ul className={styles.resultsList}>
        {run.results.map((result) => (
          <li key={result.key}>
            <Result
              result={result}
              code={run.asked.find((row) => row.key === result.key)?.code ?? null}
              seen={run.seen[result.key]}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type ResultProps = { result: CodeDeleted; code: string | null; seen: "gone" | "listed" | undefined };

function Result({ result, code, seen }: ResultProps) {
  const { t } = useTranslation();
  const { outcome, error } = result;
  const words = error === null ? null : errorWords(t, error);
  return (
    <div className={styles.result}>
      <Tag tone={TONES[outcome]}>{t(`codes.outcome.${outcome}`)}</Tag>
      <CodeDigits code={code} />
      <ServerText>{result.title}</ServerText>
      {(outcome === "still_there" || outcome === "unknown") && (
        <p className={styles.why}>{t(`codes.outcomeWhy.${outcome}`)}</p>
      )}
      {words !== null && (
        <p className={styles.why}>
          {[words.title, words.detail, words.next].filter((text) => text !== null).join(" ")}
        </p>
      )}
      {seen !== undefined && <p className={styles.why}>{t(`codes.seen.${seen}`)}</p>}
    </div>
  );
}
