import type { TFunction } from "i18next";
import * as v from "valibot";
import { readDay } from "./day";
import { type ChosenEnd, isSkipped, readTime, toUntil } from "./until";

/** What the core accepts; the server's own limit is not documented. */
export const LONGEST_TITLE = 255;

/** Characters as the core counts them: an emoji of one code point is one. */
export function titleLength(title: string): number {
  return [...title.trim()].length;
}

/** What can be said about the form before anything is sent. */
export function formSchema(t: TFunction) {
  const end = v.object({ preset: v.string(), day: v.string(), time: v.string() });
  const custom = (check: (chosen: ChosenEnd) => boolean) => (chosen: ChosenEnd) =>
    chosen.preset !== "custom" || check(chosen);
  const dayKnown = custom(({ day }) => readDay(day, Date.now()) !== null);
  const timeKnown = custom(({ time }) => readTime(time) !== null);
  const exists = custom(
    (chosen) => readTime(chosen.time) === null || !isSkipped(toUntil(chosen, Date.now())),
  );
  return v.object({
    title: v.pipe(
      v.string(),
      v.check((title) => titleLength(title) <= LONGEST_TITLE, t("errors.titleText.too_long")),
    ),
    end: v.pipe(
      end,
      v.forward(v.check(dayKnown, t("issue.dayInvalid")), ["day"]),
      v.forward(v.check(timeKnown, t("issue.timeInvalid")), ["time"]),
      v.forward(v.check(exists, t("errors.until.no_such_time")), ["time"]),
    ),
  });
}
