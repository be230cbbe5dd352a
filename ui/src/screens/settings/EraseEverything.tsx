import { useNavigate } from "@tanstack/react-router";
import { eraseEverything } from "../../core/bindings/commands";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { ConfirmedWrite } from "../../parts/ConfirmedWrite";
import styles from "./SettingsScreen.module.css";

/** Everything on this computer goes, for whoever hands it on; at the servers nothing changes. */
export function EraseEverything() {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <>
      <h3>{t("data.eraseTitle")}</h3>
      <p className={styles.muted}>{t("data.eraseWhy")}</p>
      <div className={styles.buttons}>
        <ConfirmedWrite
          look="danger"
          open={t("data.erase")}
          title={t("data.eraseAsk")}
          text={t("data.eraseText")}
          confirm={t("data.eraseConfirm")}
          write={useWrite(eraseEverything)}
          request={null}
          onDone={() => void navigate({ to: "/connect", search: { server: undefined } })}
        />
      </div>
    </>
  );
}
