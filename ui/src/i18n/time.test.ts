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

test.each([
  ["en", ["just now", "1 min ago", "59 min ago", "1 hr ago", "23 hr ago", "1 day ago", "21 days ago"]],
  [
    "ru",
    ["только что", "1 мин. назад", "59 мин. назад", "1 ч назад", "23 ч назад", "1 дн. назад", "21 дн. назад"],
  ],
] as const)("how long ago something was is written in whole units: %s", (language, written) => {
  const words = timeWords(createTexts()(language), language);
  const minutes = [0.9, 1.9, 59.9, 119.9, DAY - 0.1, 2 * DAY - 0.1, 21 * DAY];
  expect(minutes.map((passed) => words.ago(0, passed * MINUTE))).toEqual(written);
});

test("a time of day has two digits for hours and minutes", () => {
  const words = timeWords(createTexts()("en"), "en");
  const at = new Date(2026, 10, 29, 9, 5).getTime();
  expect(words.when(at, at)).toBe("09:05 today");
  expect(words.when(at, at + DAY * MINUTE)).toBe("09:05 yesterday");
});
