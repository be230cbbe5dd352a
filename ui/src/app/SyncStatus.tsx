import { cancelSync, pauseSync, resumeSync, startSync } from "../core/bindings/commands";
import type { SyncView } from "../core/bindings/SyncView";
import { useActiveServer } from "../core/useAppState";
import { useSync } from "../core/useSync";
import { useWrite } from "../core/useWrite";
import { useSyncWords } from "../i18n/sync";
import { useTexts } from "../i18n/texts";
import { Button } from "../parts/Button";
import styles from "./SyncStatus.module.css";

/**
 * How far the building on screen has been read, quietly: it is not announced, and gone when all was read. What could not
 * be read stays named, with the way to try it again.
 */
export function SyncStatus() {
  const { t } = useTexts();
  const words = useSyncWords();
  const server = useActiveServer();
  const sync = useSync(server?.id ?? null);
  const pause = useWrite(pauseSync);
  const resume = useWrite(resumeSync);
  const cancel = useWrite(cancelSync);
  const again = useWrite(startSync);
  if (server === null || sync === null) return null;
  const request = { server: server.id };
  const missed = words.missedInShort(sync);
  if (sync.state === "idle") {
    if (missed === null) return null;
    const why = sync.missed.map(words.missed).join("\n");
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
      <div className={styles.sync} role="group" aria-label={t("sync.title")}>
        <span className={styles.missed} title={why}>
          {missed}
        </span>
        {(server.admin !== null || server.client !== null) && (
          <Button
            look="quiet"
            busy={again.pending}
            aria-label={t("sync.retryNamed", { server: server.name })}
            onClick={() => void again.run({ server: server.id, everything: false })}
          >
            {t("sync.retry")}
          </Button>
        )}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className={styles.sync} role="group" aria-label={t("sync.title")}>
      <Bar sync={sync} />
      <span className={styles.words}>{words.progress(sync)}</span>
      {sync.state === "paused" ? (
        <Button look="quiet" aria-label={t("sync.resumeNamed")} onClick={() => void resume.run(request)}>
          {t("sync.resume")}
        </Button>
      ) : (
        <Button look="quiet" aria-label={t("sync.pauseNamed")} onClick={() => void pause.run(request)}>
          {t("sync.pause")}
        </Button>
      )}
      <Button look="quiet" aria-label={t("sync.cancelNamed")} onClick={() => void cancel.run(request)}>
        {t("sync.cancel")}
      </Button>
    </div>
  );
}

/** None where nothing moves and nobody knows how much there is: it would look like one that is full. */
function Bar({ sync }: { sync: SyncView }) {
  const { t } = useTexts();
  const { state, done, total } = sync;
  if (total === null && state !== "running") return null;
  const known = total === null ? {} : { value: done, max: Math.max(total, 1) };
  return <progress className={styles.bar} aria-label={t("sync.title")} {...known} />;
}
