import type { KeyboardEvent } from "react";
import { useNow } from "../../core/now";
import { useAppState } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { useTimeWords } from "../../i18n/time";
import { Choice } from "../../parts/Choice";
import { TextField } from "../../parts/Field";
import { localDay, readDay, writeDay } from "./day";
import styles from "./Issue.module.css";
import { type ChosenEnd, endOf, isSkipped, presets, toUntil } from "./until";

export type UntilErrors = { day: readonly string[]; time: readonly string[] };
type UntilFieldProps = { value: ChosenEnd; errors: UntilErrors; onChange: (value: ChosenEnd) => void };

const MINUTE = 60_000;

export function UntilField({ value, errors, onChange }: UntilFieldProps) {
  const { t, language } = useTexts();
  const now = useNow();
  const words = useTimeWords();
  const { codeMinutes } = useAppState().preferences;
  const until = toUntil(value, now);
  const end = endOf(until, now);
  const label = (preset: string) =>
    preset === "60" || preset === "120" || preset === "240" || preset === "1440"
      ? t(`issue.preset.${preset}`)
      : preset === "midnight" || preset === "custom"
        ? t(`issue.preset.${preset}`)
        : words.span(Number(preset) * MINUTE);
  const preview = () => {
    if (end === null) return t("issue.untilUnreadable");
    if (isSkipped(until)) return t("errors.until.no_such_time");
    return end <= now ? t("errors.until.past") : t("issue.preview", { when: words.when(end, now) });
  };
  // The arrows go through the days, as in a calendar.
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const day = by === 0 ? null : readDay(value.day, now);
    if (day === null) return;
    event.preventDefault();
    const next = localDay(new Date(`${day}T12:00`).getTime(), by);
    onChange({ ...value, day: writeDay(next, language) });
  };
  const all = [...errors.day, ...errors.time];
  return (
    <div className={styles.until}>
      <Choice
        label={t("issue.until")}
        columns={3}
        value={value.preset}
        onChange={(preset) => onChange({ ...value, preset })}
        options={presets(codeMinutes).map((preset) => ({ value: preset, label: label(preset) }))}
      />
      {value.preset === "custom" && (
        <div className={styles.dayAndTime}>
          <TextField
            label={t("issue.day")}
            value={value.day}
            errors={errors.day}
            onKeyDown={step}
            onChange={(event) => onChange({ ...value, day: event.target.value })}
          />
          <TextField
            label={t("issue.time")}
            inputMode="numeric"
            placeholder="18:00"
            value={value.time}
            errors={errors.time}
            onChange={(event) => onChange({ ...value, time: event.target.value })}
          />
        </div>
      )}
      {value.preset === "custom" && <p className={styles.hint}>{t("issue.dayHint")}</p>}
      {value.preset !== "custom" && all.length > 0 && (
        <p role="alert" className={styles.error}>
          {all.join(" ")}
        </p>
      )}
      <p className={styles.preview}>{preview()}</p>
    </div>
  );
}
