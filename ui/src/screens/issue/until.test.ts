import * as fc from "fast-check";
import { expect, test } from "vitest";
import { localDay } from "./day";
import { endOf, readTime, toUntil } from "./until";

const minuteOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });

test("every minute of a day reads the same with and without a colon", () => {
  fc.assert(
    fc.property(minuteOfDay, (minute) => {
      const hours = String(Math.floor(minute / 60)).padStart(2, "0");
      const minutes = String(minute % 60).padStart(2, "0");
      for (const typed of [`${hours}:${minutes}`, `${hours}.${minutes}`, `${hours}${minutes}`]) {
        expect(readTime(typed)).toBe(`${hours}:${minutes}`);
      }
    }),
  );
});

test("what is no time of day is not guessed", () => {
  for (const typed of ["", "24:00", "12:60", "noon", "1", "12:3"]) expect(readTime(typed)).toBeNull();
});

test("midnight is the next one, whatever the hour", () => {
  const late = new Date("2026-11-21T23:59:30").getTime();
  const until = toUntil({ preset: "midnight", day: "", time: "" }, late);
  expect(until).toEqual({ kind: "local", dateTime: "2026-11-22T00:00" });
  expect(endOf(until, late)).toBe(late + 30_000);
});

test("days are counted on this computer’s calendar", () => {
  expect(localDay(new Date("2026-12-31T23:30:00").getTime(), 1)).toBe("2027-01-01");
});
