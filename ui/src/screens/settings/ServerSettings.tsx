import type { ServerView } from "../../core/bindings/ServerView";
import { textParam } from "../../core/errors";
import { useServerSettings } from "../../core/useServerSettings";
import { useTexts } from "../../i18n/texts";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { ZoneField } from "../../parts/ZoneField";
import { ClientNameField } from "./ClientNameField";
import { CommitField } from "./CommitField";
import styles from "./SettingsScreen.module.css";

/** What the person calls the server, and what differs from server to server. Each applies at once. */
export function ServerSettings({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const save = useServerSettings(server);
  const { change } = save;
  const wrong = save.error?.code === "setting_invalid" ? textParam(save.error, "field") : null;
  const errorsOf = (field: "name" | "client_name") =>
    wrong === field ? [t(`settings.invalid.${field}`)] : [];
  return (
    <div className={styles.fieldsOfServer}>
      <CommitField
        label={t("settings.name")}
        hint={t("connect.nameHint")}
        value={server.name}
        errors={errorsOf("name")}
        onCommit={(name) => change({ name })}
      />
      <ZoneField value={server.zoneMinutes} onChange={(zoneMinutes) => change({ zoneMinutes })} />
      <div className={styles.labelled}>
        <Choice
          label={t("settings.dateForm")}
          value={server.dateForm}
          onChange={(dateForm) => change({ dateForm })}
          options={[
            { value: "contract", label: t("settings.dateForms.contract") },
            { value: "iso", label: t("settings.dateForms.iso") },
          ]}
        />
        <p className={styles.hint}>{t("settings.dateFormHint")}</p>
      </div>
      <ClientNameField
        value={server.clientName}
        errors={errorsOf("client_name")}
        onCommit={(clientName) => change({ clientName })}
      />
      {save.error !== null && wrong !== "name" && wrong !== "client_name" && <ErrorNote error={save.error} />}
      {save.saved && <Note tone="good">{t("settings.saved")}</Note>}
    </div>
  );
}
