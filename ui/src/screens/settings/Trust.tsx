import { trustCertificate } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { instant, useTimeWords } from "../../i18n/time";
import { ConfirmedWrite } from "../../parts/ConfirmedWrite";
import { Fact } from "../../parts/Fact";
import { groupFingerprint } from "../../parts/grouping";
import styles from "./SettingsScreen.module.css";

/** How the server proves who it is; a pin can be given up for what the system trusts. */
export function Trust({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const time = useTimeWords();
  const { trust } = server;
  if (trust.kind !== "pinned") {
    return <Fact name={t("settings.trust")} value={t(`settings.trustKind.${trust.kind}`)} />;
  }
  const ends = instant(trust.ends);
  return (
    <Fact
      name={t("settings.trust")}
      value={
        <>
          {t("settings.trustKind.pinned")}{" "}
          <span className={styles.mono}>{groupFingerprint(trust.fingerprint)}</span>
          {ends !== null && <> {t("settings.trustEnds", { date: time.date(ends) })}</>}
        </>
      }
      action={<Unpin server={server} />}
    />
  );
}

function Unpin({ server }: { server: ServerView }) {
  const { t } = useTexts();
  return (
    <ConfirmedWrite
      server={server.id}
      look="quiet"
      open={t("settings.unpin")}
      title={t("settings.unpinTitle", { server: server.name })}
      text={t("settings.unpinText")}
      confirm={t("settings.unpinConfirm")}
      write={useWrite(trustCertificate)}
      request={{ server: server.id, fingerprint: null }}
    />
  );
}
