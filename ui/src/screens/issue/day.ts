import type { Language } from "../../i18n/i18n";

/** How far ahead a day without a year is looked for: the next 29 February is at most eight years away. */
const YEARS_AHEAD = 8;

/**
 * The calendar day a person typed, as "2028-02-29", or null when there is no such day. "29.02.2028", "29/2/28",
 * "2028-02-29" and "+7" (days from now) are understood; "29.2" is the next one.
 */
export function readDay(typed: string, now: number): string | null {
  const text = typed.trim();
  const ahead = /^\+(\d{1,4})$/u.exec(text);
  if (ahead !== null) return localDay(now, Number(ahead[1]));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso !== null) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const written = /^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?\.?$/u.exec(text);
  if (written === null) return null;
  const [, date, month, year] = written;
  if (year !== undefined)
    return day(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(date));
  const today = localDay(now, 0);
  const thisYear = new Date(now).getFullYear();
  for (let plus = 0; plus <= YEARS_AHEAD; plus += 1) {
    const found = day(thisYear + plus, Number(month), Number(date));
    if (found !== null && found >= today) return found;
  }
  return null;
}

/** A calendar day as it is written in a language: what `readDay` reads back. */
export function writeDay(iso: string, language: Language): string {
  const [year = "", month = "", date = ""] = iso.split("-");
  return [date, month, year].join(language === "ru" ? "." : "/");
}

function day(year: number, month: number, date: number): string | null {
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > daysOf(year, month)) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** A calendar day of this computer's zone as "2026-11-21", counted from the day of `now`. */
export function localDay(now: number, plusDays: number): string {
  const day = new Date(now);
  day.setHours(12, 0, 0, 0);
  day.setDate(day.getDate() + plusDays);
  const month = String(day.getMonth() + 1).padStart(2, "0");
  return `${String(day.getFullYear()).padStart(4, "0")}-${month}-${String(day.getDate()).padStart(2, "0")}`;
}
