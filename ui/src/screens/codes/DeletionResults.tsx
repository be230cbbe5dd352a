import { useShortcut } from "../../app/shortcuts";
import type { CodeDeleted } from "../../core/bindings/CodeDeleted";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrites } from "../../core/CoreProvider";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { ServerText } from "../../parts/ServerText";
import { Tag } from "../../parts/Tag";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import styles from "./CodesScreen.module.css";
import { type Deleting, needsLook, useDeletion } from "./deletion";

const TONES = { deleted: "live", still_there: "warn", unknown: "warn", kept: "bad" } as const;

type DeletionResultsProps = {
  server: ServerView;
  /** Nothing else is there for Escape to close first. */
  escapes: boolean;
  onClosed: () => void;
};

/** What became of each code that was to be deleted, until the person closes it, and what is safe to do next. */
export function DeletionResults({ server, escapes, onClosed }: DeletionResultsProps) {
  const { t } = useTexts();
  const writes = useWrites();
  const deletion = useDeletion(server.id);
  const { run } = deletion;
  // Told nowhere else: what is not finished stays.
  const isIdle = run !== null && !run.pending && !run.looking;
  const close = () => {
    deletion.close();
    onClosed();
  };
  useShortcut("escape", t("codes.closeResults"), close, isIdle && escapes, "fallback");
  if (run === null) return null;
  const { codes } = run;
  const done = codes.filter(({ result }) => result?.outcome === "deleted").length;
  const going = codes.filter(({ result }) => result === null).length;
  const ways = codes.flatMap(({ result, stopped }) =>
    result?.error != null && hasWayOut(result.error) && !(stopped !== null && writes.offeredAgain(stopped))
      ? [result.error]
      : [],
  );
  const way = run.error !== null && hasWayOut(run.error) && !deletion.offeredAgain ? run.error : ways[0];
  return (
    <section className={styles.results} aria-label={t("codes.deletion")} tabIndex={-1}>
      <header className={styles.resultsHead}>
        <h2>{t("codes.deletion")}</h2>
        <p role="status">
          {run.pending
            ? t("codes.deleting", { count: going })
            : t("codes.deletedOf", { done, count: codes.length })}
        </p>
        {!run.pending && codes.some(needsLook) && (
          <Button busy={run.looking} onClick={deletion.lookAgain}>
            {t("codes.lookAgain")}
          </Button>
        )}
        {isIdle && deletion.retryable > 0 && (
          <Button onClick={deletion.retry}>{t("codes.tryThose", { count: deletion.retryable })}</Button>
        )}
        {isIdle && way !== undefined && <WayOut error={way} server={server.id} />}
        {isIdle && (
          <Button
            look="quiet"
            aria-label={t("codes.closeResults")}
            {...(escapes ? { keyHint: "escape" } : {})}
            onClick={close}
          >
            {t("common.close")}
          </Button>
        )}
      </header>
      {isIdle && deletion.offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
      {run.error !== null && !deletion.offeredAgain && <ErrorNote error={run.error} />}
      <ul className={styles.resultsList}>
        {codes.map(
          (one) =>
            one.result !== null && (
              <li key={`${one.account} ${one.id ?? one.key}`}>
                <Result result={one.result} code={one.code} seen={one.seen} />
              </li>
            ),
        )}
      </ul>
    </section>
  );
}

type ResultProps = { result: CodeDeleted; code: string | null; seen: Deleting["seen"] };

function Result({ result, code, seen }: ResultProps) {
  const { t } = useTexts();
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
      {seen !== null && <p className={styles.why}>{t(`codes.seen.${seen}`)}</p>}
    </div>
  );
}
