import { type FocusEvent, type KeyboardEvent, useEffect, useState } from "react";
import { textParam } from "../../core/errors";
import { usePreferences } from "../../core/usePreferences";
import { useTexts } from "../../i18n/texts";
import { useTimeWords } from "../../i18n/time";
import { ErrorNote } from "../../parts/ErrorNote";
import { SelectField, TextField } from "../../parts/Field";
import { CommitField } from "./CommitField";
import styles from "./SettingsScreen.module.css";

const UNITS = { minutes: 1, hours: 60, days: 24 * 60 } as const;
type Unit = keyof typeof UNITS;
type Length = { amount: string; unit: Unit };
/** Ten years: what the core takes at most. */
const MOST = 5_256_000;
const MINUTE = 60_000;

/** A time in the largest unit in which it is a whole number. */
function lengthOf(minutes: number): Length {
  const unit = minutes % UNITS.days === 0 ? "days" : minutes % UNITS.hours === 0 ? "hours" : "minutes";
  return { amount: String(minutes / UNITS[unit]), unit };
}

function minutesOf({ amount, unit }: Length): number | null {
  const typed = amount.trim();
  const minutes = /^\d{1,7}$/u.test(typed) ? Number(typed) * UNITS[unit] : 0;
  return minutes >= 1 && minutes <= MOST ? minutes : null;
}

/** What a new code starts with. */
export function CodeDefaults() {
  const { t } = useTexts();
  const { preferences, change, error } = usePreferences();
  const field = error?.code === "setting_invalid" ? textParam(error, "field") : null;
  return (
    <div className={styles.labelled}>
      <h3>{t("settings.codeDefaults")}</h3>
      <div className={styles.fields}>
        <CodeLength
          minutes={preferences.codeMinutes}
          refused={field === "code_minutes"}
          onCommit={(codeMinutes) => change({ codeMinutes })}
        />
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

type CodeLengthProps = { minutes: number; refused: boolean; onCommit: (minutes: number) => void };

/** An amount and its unit mean something together only: taken over with Enter or on leaving both, given up with Escape. */
function CodeLength({ minutes, refused, onCommit }: CodeLengthProps) {
  const { t } = useTexts();
  const words = useTimeWords();
  const [typed, setTyped] = useState<Length>(() => lengthOf(minutes));
  const [outOfRange, setOutOfRange] = useState(false);
  useEffect(() => {
    // The same time in the unit it was typed in stays as it was typed.
    setTyped((before) => (minutesOf(before) === minutes ? before : lengthOf(minutes)));
  }, [minutes]);
  const meant = minutesOf(typed);
  const commit = () => {
    setOutOfRange(meant === null);
    if (meant !== null && meant !== minutes) onCommit(meant);
  };
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) commit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && meant !== minutes) {
      event.stopPropagation();
      setOutOfRange(false);
      setTyped(lengthOf(minutes));
    }
  };
  const span = words.span((meant ?? minutes) * MINUTE);
  return (
    <fieldset
      className={styles.pair}
      aria-label={t("settings.codeAmount")}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      <TextField
        label={t("settings.codeAmount")}
        inputMode="numeric"
        value={typed.amount}
        errors={outOfRange || refused ? [t("settings.codeAmountInvalid")] : []}
        onChange={(event) => setTyped({ ...typed, amount: event.target.value })}
      />
      <SelectField
        label={t("settings.codeUnit")}
        value={typed.unit}
        onChange={(event) => setTyped({ ...typed, unit: event.target.value as Unit })}
      >
        {(Object.keys(UNITS) as Unit[]).map((name) => (
          <option key={name} value={name}>
            {t(`settings.unit.${name}`)}
          </option>
        ))}
      </SelectField>
      <p className={styles.hint} role="status">
        {meant === minutes && t("settings.codeNow", { span })}
        {meant !== null && meant !== minutes && t("settings.codePreview", { span })}
      </p>
    </fieldset>
  );
}
