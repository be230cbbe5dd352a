import { startSync } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useSync } from "../../core/useSync";
import { useWrite } from "../../core/useWrite";
import { useSyncWords } from "../../i18n/sync";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import { RelativeTime } from "../../parts/RelativeTime";
import styles from "./SettingsScreen.module.css";

/** When everything a server has was last read, what could not be, and the way to read it anew. */
export function SyncFact({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const words = useSyncWords();
  const sync = useSync(server.id);
  const start = useWrite(startSync);
  if (sync === null) return null;
  const isIdle = sync.state === "idle";
  const canRead = server.admin !== null || server.client !== null;
  return (
    <Fact
      name={t("sync.name")}
      value={
        <>
          {isIdle ? (
            <span>
              {sync.completedAt === null ? (
                t("sync.never")
              ) : (
                <>
                  {t("sync.completed")} <RelativeTime at={sync.completedAt} />
                </>
              )}
            </span>
          ) : (
            <span>{words.progress(sync)}</span>
          )}
          {isIdle && sync.missedCount > 0 && (
            <div className={styles.muted}>
              {t("sync.missed", { count: sync.missedCount })}
              <ul className={styles.missed}>
                {sync.missed.map((list) => (
                  <li key={`${list.list} ${list.intercom}`}>{words.missed(list)}</li>
                ))}
                {sync.missedCount > sync.missed.length && (
                  <li>{t("sync.missedMore", { count: sync.missedCount - sync.missed.length })}</li>
                )}
              </ul>
            </div>
          )}
          {isIdle && sync.failed > 0 && (
            <span className={styles.muted}>{t("sync.failed", { count: sync.failed })}</span>
          )}
          {isIdle && sync.error !== null && <ErrorNote error={sync.error} />}
          {start.error !== null && <ErrorNote error={start.error} />}
        </>
      }
      action={
        canRead &&
        isIdle && (
          <>
            {sync.missedCount > 0 && (
              <Button
                look="quiet"
                busy={start.pending}
                aria-label={t("sync.retryNamed", { server: server.name })}
                onClick={() => void start.run({ server: server.id, everything: false })}
              >
                {t("sync.retry")}
              </Button>
            )}
            <Button
              look="quiet"
              busy={start.pending}
              aria-label={t("sync.refreshNamed", { server: server.name })}
              onClick={() => void start.run({ server: server.id, everything: true })}
            >
              {t("sync.refresh")}
            </Button>
          </>
        )
      }
    />
  );
}
