import { useTranslation } from "react-i18next";
import { useNow } from "../../core/now";
import { useTimeWords } from "../../i18n/time";
import { Choice } from "../../parts/Choice";
import { SelectField, TextField } from "../../parts/Field";
import styles from "./Issue.module.css";
import { type ChosenEnd, endOf, localDay, PRESETS, toUntil } from "./until";

/** How many days ahead the day can be chosen. */
const DAYS_AHEAD = 120;

type UntilFieldProps = { value: ChosenEnd; errors: readonly string[]; onChange: (value: ChosenEnd) => void };

export function UntilField({ value, errors, onChange }: UntilFieldProps) {
  const { t } = useTranslation();
  const now = useNow();
  const words = useTimeWords();
  const end = endOf(toUntil(value, now), now);
  const dayName = (plus: number) => {
    if (plus === 0) return t("time.todayAlone");
    if (plus === 1) return t("time.tomorrowAlone");
    return words.day(new Date(`${localDay(now, plus)}T12:00`).getTime());
  };
  const preview = (at: number | null) => {
    if (at === null) return t("issue.untilUnreadable");
    return at <= now ? t("errors.until.past") : t("issue.preview", { when: words.when(at, now) });
  };
  return (
    <div className={styles.until}>
      <Choice
        label={t("issue.until")}
        columns={3}
        value={value.preset}
        onChange={(preset) => onChange({ ...value, preset })}
        options={PRESETS.map((preset) => ({ value: preset, label: t(`issue.preset.${preset}`) }))}
      />
      {value.preset === "custom" && (
        <div className={styles.dayAndTime}>
          <SelectField
            label={t("issue.day")}
            value={value.day}
            onChange={(event) => onChange({ ...value, day: event.target.value })}
          >
            {Array.from({ length: DAYS_AHEAD }, (_, plus) => (
              <option key={localDay(now, plus)} value={localDay(now, plus)}>
                {dayName(plus)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("issue.time")}
            inputMode="numeric"
            placeholder="18:00"
            value={value.time}
            errors={errors}
            onChange={(event) => onChange({ ...value, time: event.target.value })}
          />
        </div>
      )}
      {value.preset !== "custom" && errors.length > 0 && (
        <p role="alert" className={styles.error}>
          {errors.join(" ")}
        </p>
      )}
      <p className={styles.preview}>{preview(end)}</p>
    </div>
  );
}
