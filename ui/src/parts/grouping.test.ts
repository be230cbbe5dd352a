import * as fc from "fast-check";
import { expect, test } from "vitest";
import { groupCode, groupFingerprint, groupKey } from "./grouping";

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 12 });
const hex = fc.string({ unit: fc.constantFrom(..."0123456789ABCDEF"), maxLength: 64 });

test("a grouped code has the same digits in the same order, leading zeros included", () => {
  fc.assert(
    fc.property(digits, (code) => {
      expect(groupCode(code).replaceAll("\u00a0", "")).toBe(code);
    }),
  );
});

test("no group of a longer code has fewer than two digits or more than four", () => {
  fc.assert(
    fc.property(digits, (code) => {
      const groups = groupCode(code).split("\u00a0");
      if (code.length >= 4)
        for (const group of groups) expect(group.length >= 2 && group.length <= 4).toBe(true);
    }),
  );
});

test("five digits read two and three", () => {
  expect(groupCode("04417")).toBe("04\u00a0417");
});

test("a grouped key has the same digits in the same order", () => {
  fc.assert(
    fc.property(hex, (key) => {
      expect(groupKey(key).replaceAll(" ", "")).toBe(key);
    }),
  );
});

test("a fingerprint reads the same however it was written", () => {
  fc.assert(
    fc.property(hex, (key) => {
      const colons = (key.match(/.{1,2}/g) ?? []).join(":").toLowerCase();
      expect(groupFingerprint(colons)).toBe(groupFingerprint(key));
    }),
  );
});
