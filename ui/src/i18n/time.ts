import type { TFunction } from "i18next";
import type { Language } from "./i18n";
import { useTexts } from "./texts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds of an ISO instant, or null where there is none or it cannot be read. */
export function instant(iso: string | null): number | null {
  if (iso === null) return null;
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Whole calendar days between two instants in this computer's zone: 0 today, 1 tomorrow, −1 yesterday. */
export function calendarDays(from: number, to: number): number {
  const start = new Date(from);
  const end = new Date(to);
  start.setHours(12, 0, 0, 0);
  end.setHours(12, 0, 0, 0);
  return Math.round((end.getTime() - start.getTime()) / DAY);
}

/** How times are written, in the language of the window and this computer's zone. */
export type TimeWords = {
  /** "16:40 today", "12:00 tomorrow", "Fri 27 Nov, 09:00". */
  when: (at: number, now: number) => string;
  /** "3 min ago", "just now". */
  ago: (at: number, now: number) => string;
  /** "1 h 20 min", at most two units, rounded down so that it never promises more than there is. */
  span: (milliseconds: number) => string;
  /** The same, but to the nearest of what is written: for how far off something is. */
  nearly: (milliseconds: number) => string;
  /** "21 November 2026". */
  date: (at: number) => string;
  /** "Sat 21 Nov". */
  day: (at: number) => string;
};

/** Making a format takes far longer than using it: some milliseconds, which a start has none to spare of. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, known);
  return known;
}

/** "16:40", as both languages write it: that is no matter of a format, which every start would make. */
function clock(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

export function useTimeWords(): TimeWords {
  const { t, language } = useTexts();
  return timeWords(t, language);
}

/** By the texts they are made of: each row of a list asks for them. */
const known = new WeakMap<TFunction, TimeWords>();

export function timeWords(t: TFunction, language: Language): TimeWords {
  const words = known.get(t) ?? wordsOf(t, language);
  known.set(t, words);
  return words;
}

function wordsOf(t: TFunction, language: Language): TimeWords {
  const locale = language === "ru" ? "ru-RU" : "en-GB";
  const format = (options: Intl.DateTimeFormatOptions) => formatOf(locale, options);
  const unit = (name: "day" | "hour" | "minute", amount: number) => t(`time.${name}`, { count: amount });

  return {
    when: (at, now) => {
      const time = clock(at);
      const days = calendarDays(now, at);
      if (days === 0) return t("time.today", { time });
      if (days === 1) return t("time.tomorrow", { time });
      if (days === -1) return t("time.yesterday", { time });
      const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      const date = format({
        weekday: "short",
        day: "numeric",
        month: "short",
        ...(sameYear ? {} : { year: "numeric" }),
      }).format(at);
      return t("time.onDay", { date, time });
    },
    ago: (at, now) => {
      const passed = now - at;
      const whole = (unit: number) => Math.floor(passed / unit);
      if (passed < MINUTE) return t("time.justNow");
      if (passed < HOUR) return t("time.agoMinutes", { passed: whole(MINUTE) });
      if (passed < DAY) return t("time.agoHours", { passed: whole(HOUR) });
      const days = whole(DAY);
      return days === 1 ? t("time.agoDay") : t("time.agoDays", { passed: days });
    },
    span: (milliseconds) => {
      const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
      if (minutes < 60) return unit("minute", minutes);
      const days = Math.floor(minutes / (24 * 60));
      const hours = Math.floor((minutes % (24 * 60)) / 60);
      if (days > 0)
        return hours === 0 || days >= 7 ? unit("day", days) : `${unit("day", days)} ${unit("hour", hours)}`;
      const rest = minutes % 60;
      return rest === 0 ? unit("hour", hours) : `${unit("hour", hours)} ${unit("minute", rest)}`;
    },
    nearly(milliseconds) {
      const finest =
        milliseconds < DAY - MINUTE / 2 ? MINUTE : milliseconds < 7 * DAY - HOUR / 2 ? HOUR : DAY;
      return this.span(Math.round(milliseconds / finest) * finest);
    },
    date: (at) => format({ day: "numeric", month: "long", year: "numeric" }).format(at),
    day: (at) => format({ weekday: "short", day: "numeric", month: "short" }).format(at),
  };
}
