import { about, copyText } from "../../core/bindings/commands";
import { useAppState } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import { Skeleton } from "../../parts/Skeleton";
import { EraseEverything } from "./EraseEverything";
import { LogViewer } from "./LogViewer";
import styles from "./SettingsScreen.module.css";

/** Where things lie, and what was written down. */
export function DataSection() {
  const { t } = useTexts();
  const { keyring } = useAppState();
  const places = useRead(about, null);
  return (
    <>
      {places.error !== null && (
        <ErrorNote error={places.error}>
          <Button onClick={() => void places.refetch()}>{t("common.tryAgain")}</Button>
        </ErrorNote>
      )}
      {places.data === undefined && places.error === null && <Skeleton rows={3} />}
      {places.data !== undefined && (
        <dl className={styles.table}>
          <Place name={t("data.folder")} path={places.data.dataFolder} />
          <Place name={t("data.logFolder")} path={places.data.logFolder} />
          <Fact
            name={t("data.keyring")}
            value={
              <>
                {t("data.keyringName", { name: places.data.keyringName })}{" "}
                <span className={styles.muted}>{t(`settings.keyring.${keyring}`)}</span>
              </>
            }
          />
        </dl>
      )}
      <LogViewer />
      <EraseEverything />
    </>
  );
}

function Place({ name, path }: { name: string; path: string }) {
  const { t } = useTexts();
  const copy = useWrite(copyText);
  return (
    <Fact
      name={name}
      value={
        <>
          <span className={styles.mono}>{path}</span>
          {copy.error !== null && <ErrorNote error={copy.error} />}
        </>
      }
      action={
        <Button
          look="quiet"
          aria-label={t("data.copyNamed", { what: name })}
          onClick={() => void copy.run({ text: path })}
        >
          {copy.done ? t("common.copied") : t("data.copy")}
        </Button>
      }
    />
  );
}
