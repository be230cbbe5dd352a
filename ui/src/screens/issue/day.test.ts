import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readDay, writeDay } from "./day";
import { presets } from "./until";

const NOW = new Date(2026, 10, 21, 12).getTime();
const calendarDay = fc
  .date({ noInvalidDate: true, min: new Date("1000-01-01"), max: new Date("9999-12-31") })
  .map((date) => date.toISOString().slice(0, 10));

test("every day reads back from how either language writes it", () => {
  fc.assert(
    fc.property(calendarDay, fc.constantFrom("en" as const, "ru" as const), (day, language) => {
      expect(readDay(writeDay(day, language), NOW)).toBe(day);
      expect(readDay(day, NOW)).toBe(day);
    }),
  );
});

test("whatever is typed reads as a day of the calendar or as none", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.-/+ "), maxLength: 12 }), (typed) => {
      const day = readDay(typed, NOW);
      if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
    }),
  );
});

test("a day without a year is the next one, also on 29 February", () => {
  expect(readDay("21.11", NOW)).toBe("2026-11-21");
  expect(readDay("20/11", NOW)).toBe("2027-11-20");
  expect(readDay("29.2", NOW)).toBe("2028-02-29");
  expect(readDay("29.02.2027", NOW)).toBeNull();
  expect(readDay("+7", NOW)).toBe("2026-11-28");
});

test("the person’s usual length is offered in its place", () => {
  expect(presets(120)).toEqual(["60", "120", "240", "midnight", "1440", "custom"]);
  expect(presets(90)).toEqual(["60", "90", "120", "240", "midnight", "1440", "custom"]);
  expect(presets(10_080)).toEqual(["60", "120", "240", "midnight", "1440", "10080", "custom"]);
});
