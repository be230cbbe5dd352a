import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createTexts } from "./i18n";
import { timeWords } from "./time";

const MINUTE = 60_000;
const DAY = 24 * 60;

test("what is left is rounded down, how far off something is to the nearest", () => {
  const words = timeWords(createTexts()("en"), "en");
  const both = (minutes: number) => [words.span(minutes * MINUTE), words.nearly(minutes * MINUTE)];
  expect(both(59.75)).toEqual(["59 min", "1 h"]);
  expect(both(119.75)).toEqual(["1 h 59 min", "2 h"]);
  expect(both(DAY - 0.25)).toEqual(["23 h 59 min", "1 day"]);
  expect(both(DAY + 119)).toEqual(["1 day 1 h", "1 day 2 h"]);
  expect(both(8 * DAY - 60)).toEqual(["7 days", "8 days"]);
  expect(both(90)).toEqual(["1 h 30 min", "1 h 30 min"]);
});

test("how long ago something was, and the time of day, are written as the languages’ own formats have it", () => {
  const tIn = createTexts();
  for (const [language, locale] of [
    ["en", "en-GB"],
    ["ru", "ru-RU"],
  ] as const) {
    const words = timeWords(tIn(language), language);
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "short" });
    const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    const units = { minute: [MINUTE, 59], hour: [60 * MINUTE, 23], day: [DAY * MINUTE, 999] } as const;
    for (const unit of ["minute", "hour", "day"] as const) {
      const [length, most] = units[unit];
      fc.assert(
        fc.property(fc.integer({ min: 1, max: most }), (passed) => {
          expect(words.ago(0, passed * length)).toBe(relative.format(-passed, unit));
        }),
      );
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (at) => {
        expect(words.when(at, at)).toContain(clock.format(at));
      }),
    );
  }
});
