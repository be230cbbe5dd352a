import type { Until } from "../../core/bindings/Until";
import { localDay, readDay } from "./day";

/** "120" minutes, the next midnight, or a day and a time of the person's own. */
export type Preset = string;
export type ChosenEnd = { preset: Preset; day: string; time: string };

const LENGTHS = [60, 120, 240, 1440];
/** The length from which midnight no longer comes first. */
const DAY_MINUTES = 1440;

/** The lengths offered, the person's usual one among them, then the ends by the clock. */
export function presets(usual: number): Preset[] {
  const lengths = [...new Set([...LENGTHS, usual])].sort((a, b) => a - b);
  return [
    ...lengths.filter((minutes) => minutes < DAY_MINUTES).map(String),
    "midnight",
    ...lengths.filter((minutes) => minutes >= DAY_MINUTES).map(String),
    "custom",
  ];
}

/** The end a person chose, as the core takes it: a length, or a wall-clock time in this computer's zone. */
export function toUntil({ preset, day, time }: ChosenEnd, now: number): Until {
  if (preset === "midnight") return { kind: "local", dateTime: `${localDay(now, 1)}T00:00` };
  if (preset === "custom") {
    return { kind: "local", dateTime: `${readDay(day, now) ?? day}T${readTime(time) ?? time}` };
  }
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

/** Whether the clocks jump over a wall-clock time, so that it never comes. */
export function isSkipped(until: Until): boolean {
  if (until.kind === "minutes") return false;
  const end = new Date(until.dateTime);
  if (Number.isNaN(end.getTime())) return false;
  const [hours, minutes] = until.dateTime.slice(until.dateTime.indexOf("T") + 1).split(":");
  return end.getHours() !== Number(hours) || end.getMinutes() !== Number(minutes);
}

/** "9:05", "09.05" and "0905" all mean 09:05; null when it is no time of day. */
export function readTime(typed: string): string | null {
  const parts = /^(\d{1,2})[:. ]?(\d{2})$/u.exec(typed.trim());
  const hours = Number(parts?.[1]);
  const minutes = Number(parts?.[2]);
  if (parts === null || hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
