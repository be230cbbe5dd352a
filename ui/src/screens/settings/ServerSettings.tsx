import { useTranslation } from "react-i18next";
import type { ServerView } from "../../core/bindings/ServerView";
import { textParam } from "../../core/errors";
import { useServerSettings } from "../../core/useServerSettings";
import { zoneName } from "../../i18n/zone";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { SelectField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import { ClientNameField } from "./ClientNameField";
import { CommitField } from "./CommitField";
import styles from "./SettingsScreen.module.css";

const WHOLE_HOURS = Array.from({ length: 27 }, (_, hour) => (hour - 12) * 60);
/** Zones in use that are no whole hours, in minutes east of UTC. */
const OTHERS = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];

/** What the person calls the server, and what differs from server to server. Each applies at once. */
export function ServerSettings({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const save = useServerSettings(server);
  const { change } = save;
  const wrong = save.error?.code === "setting_invalid" ? textParam(save.error, "field") : null;
  const errorsOf = (field: "name" | "client_name") =>
    wrong === field ? [t(`settings.invalid.${field}`)] : [];
  const zones = [...new Set([...WHOLE_HOURS, ...OTHERS, server.zoneMinutes])].sort((a, b) => a - b);
  return (
    <div className={styles.fieldsOfServer}>
      <CommitField
        label={t("settings.name")}
        hint={t("connect.nameHint")}
        value={server.name}
        errors={errorsOf("name")}
        onCommit={(name) => change({ name })}
      />
      <SelectField
        label={t("settings.zone")}
        hint={t("settings.zoneHint")}
        value={server.zoneMinutes}
        onChange={(event) => change({ zoneMinutes: Number(event.target.value) })}
      >
        {zones.map((minutes) => (
          <option key={minutes} value={minutes}>
            {zoneName(minutes)}
          </option>
        ))}
      </SelectField>
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
