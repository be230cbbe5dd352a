import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createTexts } from "../../i18n/i18n";
import { visitorText } from "./visitorText";

const tIn = createTexts();
const some = fc.option(
  fc.string({
    unit: fc.oneof(
      fc.constantFrom("\n", "\u202e", "\u2069", "ж", "ש", "{{code}}", "$t(x)"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 400,
  }),
);
const code = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 12 });
const until = fc.option(
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") })
    .map((date) => date.toISOString()),
);

test("whatever is known of the place, the message has the code whole, at most three lines and no tricks", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("en" as const, "ru" as const),
      fc.record({ code, address: some, entrance: some, intercom: some, flat: some, until }),
      (language, facts) => {
        const text = visitorText(tIn(language), language, facts);
        const lines = text.split("\n");
        expect(lines.length).toBeLessThanOrEqual(3);
        expect(lines[0]).toContain(facts.code);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066\u2067]/u);
        expect(text.length).toBeLessThan(10_000);
        expect(text.match(/\u2068/gu)?.length).toBe(text.match(/\u2069/gu)?.length);
      },
    ),
  );
});

test("the message is written in the visitor’s language", () => {
  const facts = {
    code: "04417",
    address: "ул. Ленина, 12",
    entrance: "2",
    intercom: "Подъезд 2",
    flat: "45",
    until: new Date(2028, 1, 29, 16, 40).toISOString(),
  };
  // Whether a comma follows the weekday is up to the locale data of the engine.
  const text = (language: "en" | "ru") => visitorText(tIn(language), language, facts).replaceAll(",", "");
  expect(text("en")).toBe(
    "Door code: 04417\nул. Ленина 12 entrance 2 flat 45\nValid until Tuesday 29 February 2028 16:40",
  );
  expect(text("ru")).toBe(
    "Код от двери: 04417\nул. Ленина 12 подъезд 2 квартира 45\nДействует до: вторник 29 февраля 2028 г. 16:40",
  );
});

test("what is not known is left out, not guessed", () => {
  const facts = { code: "1", address: null, entrance: null, intercom: null, flat: null, until: null };
  expect(visitorText(tIn("en"), "en", facts)).toBe("Door code: 1");
});
