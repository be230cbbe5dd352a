import { useTranslation } from "react-i18next";
import { cancelSync, pauseSync, resumeSync } from "../core/bindings/commands";
import { useActiveServer } from "../core/useAppState";
import { useSync } from "../core/useSync";
import { useWrite } from "../core/useWrite";
import { useSyncWords } from "../i18n/sync";
import { Button } from "../parts/Button";
import styles from "./SyncStatus.module.css";

/** How far the building on screen has been read, quietly: it is not announced, and gone when it is done. */
export function SyncStatus() {
  const { t } = useTranslation();
  const words = useSyncWords();
  const server = useActiveServer();
  const sync = useSync(server?.id ?? null);
  const pause = useWrite(pauseSync);
  const resume = useWrite(resumeSync);
  const cancel = useWrite(cancelSync);
  if (server === null || sync === null || sync.state === "idle") return null;
  const request = { server: server.id };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className={styles.sync} role="group" aria-label={t("sync.title")}>
      {/* It moves only while something is being read. */}
      <progress
        className={styles.bar}
        aria-label={t("sync.title")}
        {...(sync.total === null && sync.state === "running"
          ? {}
          : { value: sync.done, max: Math.max(sync.total ?? sync.done, 1) })}
      />
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
