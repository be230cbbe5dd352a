import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isolated, oneLine } from "./oneLine";

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u202e", "\u2066", "\u2069", "\u202c", "\n", "\t", "\u0000", "\u2028", "<b>", "ע", "ш"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  ),
});

test("whatever a server sends becomes one line that turns no writing direction", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(oneLine(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028\u2029]|\p{Cc}/u);
      expect(oneLine(oneLine(text))).toBe(oneLine(text));
    }),
  );
});

test("an isolated text opens and closes its isolation exactly once, or needs none", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const inner = isolated(text)
        .replace(/^\u2068/u, "")
        .replace(/\u2069$/u, "");
      expect(inner).toBe(oneLine(text));
      expect(isolated(text).startsWith("\u2068")).toBe(isolated(text).endsWith("\u2069"));
    }),
  );
});

test("an ordinary text stays as it was written, markup included", () => {
  for (const text of ["Подъезд 2", "<b>O’Brien</b>", "квартира 12 👩‍🔧"]) expect(isolated(text)).toBe(text);
  expect(isolated("שלום")).toBe("\u2068שלום\u2069");
});
