import { expect, test } from "vitest";
import { createTexts } from "./i18n";
import { timeWords } from "./time";

const MINUTE = 60_000;
const DAY = 24 * 60;

test("what is left is rounded down, how far off something is to the nearest", () => {
  const words = timeWords(createTexts("en").t, "en");
  const both = (minutes: number) => [words.span(minutes * MINUTE), words.nearly(minutes * MINUTE)];
  expect(both(59.75)).toEqual(["59 min", "1 h"]);
  expect(both(119.75)).toEqual(["1 h 59 min", "2 h"]);
  expect(both(DAY - 0.25)).toEqual(["23 h 59 min", "1 day"]);
  expect(both(DAY + 119)).toEqual(["1 day 1 h", "1 day 2 h"]);
  expect(both(8 * DAY - 60)).toEqual(["7 days", "8 days"]);
  expect(both(90)).toEqual(["1 h 30 min", "1 h 30 min"]);
});
