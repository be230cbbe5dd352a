import type { TFunction } from "i18next";
import type { Language } from "../../i18n/i18n";
import { instant } from "../../i18n/time";
import { isolated, oneLine } from "../../parts/oneLine";

/** What a visitor needs to know, as far as it is known. */
export type VisitorFacts = {
  code: string;
  address: string | null;
  entrance: string | null;
  /** What the intercom is called, where the entrance is not known. */
  intercom: string | null;
  flat: string | null;
  until: string | null;
};

/** A place longer than this helps nobody at the door; it is left out as a whole rather than cut. */
const LONGEST_PLACE = 300;

/** A short message with the code, in the language of `t`. Holds nothing of what the desk calls the code. */
export function visitorText(t: TFunction, language: Language, facts: VisitorFacts): string {
  const entrance =
    facts.entrance === null
      ? place(facts.intercom)
      : place(t("visitor.entrance", { entrance: oneLine(facts.entrance) }));
  const flat = facts.flat === null ? null : place(t("visitor.flat", { number: oneLine(facts.flat) }));
  const where = [place(facts.address), entrance, flat].filter((part) => part !== null);
  const end = instant(facts.until);
  return [
    t("visitor.code", { code: oneLine(facts.code) }),
    ...(where.length === 0 ? [] : [where.join(", ")]),
    ...(end === null ? [] : [t("visitor.until", { when: moment(end, language) })]),
  ].join("\n");
}

function place(text: string | null): string | null {
  const line = text === null ? "" : oneLine(text).trim();
  return line === "" || line.length > LONGEST_PLACE ? null : isolated(line);
}

function moment(at: number, language: Language): string {
  const locale = language === "ru" ? "ru-RU" : "en-GB";
  const date = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  return `${date.format(at)}, ${time.format(at)}`;
}
