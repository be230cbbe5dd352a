import { useState } from "react";
import { useTranslation } from "react-i18next";
import { textParam } from "../../core/errors";
import { usePreferences } from "../../core/usePreferences";
import { ErrorNote } from "../../parts/ErrorNote";
import { SelectField } from "../../parts/Field";
import { CommitField } from "./CommitField";
import styles from "./SettingsScreen.module.css";

const UNITS = { minutes: 1, hours: 60, days: 24 * 60 } as const;
type Unit = keyof typeof UNITS;
/** Ten years: what the core takes at most. */
const MOST = 5_256_000;

/** The largest unit in which a time is a whole number. */
function unitOf(minutes: number): Unit {
  return minutes % UNITS.days === 0 ? "days" : minutes % UNITS.hours === 0 ? "hours" : "minutes";
}

/** What a new code starts with. */
export function CodeDefaults() {
  const { t } = useTranslation();
  const { preferences, change, error } = usePreferences();
  const [unit, setUnit] = useState<Unit>(() => unitOf(preferences.codeMinutes));
  const [outOfRange, setOutOfRange] = useState(false);
  const field = error?.code === "setting_invalid" ? textParam(error, "field") : null;
  // A time that is no whole number of the chosen unit is shown in the unit in which it is one.
  const shown = preferences.codeMinutes % UNITS[unit] === 0 ? unit : unitOf(preferences.codeMinutes);

  const commit = (typed: string, inUnit: Unit) => {
    const minutes = /^\d{1,7}$/u.test(typed) ? Number(typed) * UNITS[inUnit] : 0;
    const fits = minutes >= 1 && minutes <= MOST;
    setOutOfRange(!fits);
    if (fits) change({ codeMinutes: minutes });
  };
  const amount = String(preferences.codeMinutes / UNITS[shown]);
  return (
    <div className={styles.labelled}>
      <h3>{t("settings.codeDefaults")}</h3>
      <div className={styles.fields}>
        <CommitField
          label={t("settings.codeAmount")}
          inputMode="numeric"
          value={amount}
          errors={outOfRange || field === "code_minutes" ? [t("settings.codeAmountInvalid")] : []}
          onCommit={(typed) => commit(typed, shown)}
        />
        <SelectField
          label={t("settings.codeUnit")}
          value={shown}
          onChange={(event) => {
            const next = event.target.value as Unit;
            setUnit(next);
            commit(amount, next);
          }}
        >
          {(Object.keys(UNITS) as Unit[]).map((name) => (
            <option key={name} value={name}>
              {t(`settings.unit.${name}`)}
            </option>
          ))}
        </SelectField>
        <CommitField
          label={t("settings.codeTitle")}
          placeholder={t("issue.titleDefault")}
          value={preferences.codeTitle}
          errors={field === "code_title" ? [t("settings.codeTitleInvalid")] : []}
          onCommit={(codeTitle) => change({ codeTitle })}
        />
      </div>
      {error !== null && field !== "code_minutes" && field !== "code_title" && <ErrorNote error={error} />}
    </div>
  );
}
