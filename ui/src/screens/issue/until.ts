import type { Until } from "../../core/bindings/Until";

export const PRESETS = ["60", "120", "240", "midnight", "1440", "custom"] as const;
export type Preset = (typeof PRESETS)[number];
export type ChosenEnd = { preset: Preset; day: string; time: string };

/** The end a person chose, as the core takes it: a length, or a wall-clock time in this computer's zone. */
export function toUntil({ preset, day, time }: ChosenEnd, now: number): Until {
  if (preset === "midnight") return { kind: "local", dateTime: `${localDay(now, 1)}T00:00` };
  if (preset === "custom") return { kind: "local", dateTime: `${day}T${readTime(time) ?? time}` };
  return { kind: "minutes", minutes: Number(preset) };
}

/**
 * The instant a choice means right now in milliseconds, or null while it cannot be read. A length ends on a whole
 * minute and is never shorter than chosen, as the core asks for it.
 */
export function endOf(until: Until, now: number): number | null {
  if (until.kind === "minutes") return Math.ceil(now / 60_000 + until.minutes) * 60_000;
  const end = new Date(until.dateTime).getTime();
  return Number.isNaN(end) ? null : end;
}

/** "9:05", "09.05" and "0905" all mean 09:05; null when it is no time of day. */
export function readTime(typed: string): string | null {
  const parts = /^(\d{1,2})[:. ]?(\d{2})$/u.exec(typed.trim());
  const hours = Number(parts?.[1]);
  const minutes = Number(parts?.[2]);
  if (parts === null || hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** A calendar day of this computer's zone as "2026-11-21", counted from the day of `now`. */
export function localDay(now: number, plusDays: number): string {
  const day = new Date(now);
  day.setHours(12, 0, 0, 0);
  day.setDate(day.getDate() + plusDays);
  const month = String(day.getMonth() + 1).padStart(2, "0");
  return `${day.getFullYear()}-${month}-${String(day.getDate()).padStart(2, "0")}`;
}
