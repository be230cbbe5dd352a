import { act, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFakeCore } from "../../dev/fakeCore";
import { openWindow, requests } from "../../testing/window";
import { type Burst, burstAfter, characterOf, keyRead, LONGEST_GAP, LONGEST_PAUSE } from "./wedge";

type Timed = { character: string; wait: number };

/** The key that is read from characters, each so long after the one before, and Enter. */
function readFrom(strokes: Timed[], waitForEnter: number): string | null {
  let [burst, at]: [Burst | null, number] = [null, 1000];
  for (const { character, wait } of strokes) {
    at += wait;
    burst = burstAfter(burst, character, at);
  }
  return keyRead(burst, at + waitForEnter);
}

const hex = fc.constantFrom(..."0123456789abcdefABCDEF");
const between = fc.constantFrom("", "", "", ":", "-", " ", ",", "/");
const quick = fc.integer({ min: 0, max: LONGEST_GAP });
const slow = fc.integer({ min: LONGEST_GAP + 1, max: 400 });
/** What a reader sends: 4 to 20 digits, here and there something between them. */
const sent = fc
  .array(fc.tuple(hex, between), { minLength: 4, maxLength: 20 })
  .map((parts) =>
    parts.map(([digit, mark], index) => (index + 1 < parts.length ? digit + mark : digit)).join(""),
  );

test("whatever a reader sends is read as it was sent, whatever was typed before it", () => {
  fc.assert(
    fc.property(
      sent,
      fc.array(fc.tuple(hex, slow)),
      fc.infiniteStream(quick),
      slow,
      (text, typed, gaps, first) => {
        const strokes = [...text].map((character, index) => ({
          character,
          wait: index === 0 ? first : (gaps.next().value ?? 0),
        }));
        const before = typed.map(([character, wait]) => ({ character, wait }));
        expect(readFrom([...before, ...strokes], gaps.next().value ?? 0)).toBe(text);
      },
    ),
  );
});

test("a window that is busy for a moment does not tear a key apart", () => {
  fc.assert(
    fc.property(sent, fc.nat(), fc.integer({ min: 0, max: LONGEST_PAUSE }), (text, place, pause) => {
      // After the first two characters there is a pace; by Enter the pause is made up for.
      const at = 2 + (place % Math.max(1, text.length - 2));
      const strokes = [...text].map((character, index) => ({ character, wait: index === at ? pause : 4 }));
      expect(readFrom(strokes, 4)).toBe(text);
    }),
  );
});

test("what a person types is never taken for a reader, nor an Enter that comes later", () => {
  const typed = fc.array(fc.record({ character: hex, wait: slow }));
  fc.assert(
    fc.property(typed, fc.integer({ min: 0, max: 400 }), (strokes, wait) => {
      expect(readFrom(strokes, wait)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(sent, fc.integer({ min: LONGEST_PAUSE + 1, max: 1000 }), (text, wait) => {
      expect(
        readFrom(
          [...text].map((character) => ({ character, wait: 2 })),
          wait,
        ),
      ).toBeNull();
    }),
  );
});

test.each([["45"], ["123"], ["1:2:3"], ["0".repeat(21)], ["12345678901234567890:1"]])(
  "%s is no key of a reader",
  (text) => {
    expect(
      readFrom(
        [...text].map((character) => ({ character, wait: 1 })),
        1,
      ),
    ).toBeNull();
  },
);

test("a reader is understood in any layout", () => {
  const stroke = (key: string, code: string, shiftKey = false) => ({ key, code, shiftKey });
  expect(characterOf(stroke("ф", "KeyA"))).toBe("a");
  expect(characterOf(stroke("А", "KeyF", true))).toBe("F");
  expect(characterOf(stroke("Ж", "Semicolon", true))).toBe(":");
  expect(characterOf(stroke("б", "Comma"))).toBe(",");
  expect(characterOf(stroke("é", "Digit2"))).toBe("2");
  expect(characterOf(stroke("!", "Digit1", true))).toBeNull();
  expect(characterOf(stroke("g", "KeyG"))).toBeNull();
  expect(characterOf(stroke("Tab", "Tab"))).toBeNull();
});

const field = () => screen.getByRole("combobox", { name: "Search everything", hidden: true });
const LAYOUT = new Map([..."abcdef"].map((letter, index) => [letter, [..."фисвуа"][index] ?? ""]));

/** The time by which readers type here: always later than what was pressed before. */
let clock = 0;

/** What a reader does to the page: every character goes to what has the focus, one per 5 ms by the test's own clock. */
function reader(text: string, layout: "en" | "ru" = "en") {
  let at = Math.max(clock, new Event("now").timeStamp) + 500;
  const press = (key: string, code: string) => {
    at += 5;
    clock = at;
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: at });
    const isWanted = target.dispatchEvent(event);
    if (
      isWanted &&
      key.length === 1 &&
      (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    ) {
      const { value, selectionStart: from, selectionEnd: to } = target;
      const next = value.slice(0, from ?? 0) + key + value.slice(to ?? value.length);
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(target, next);
      target.setSelectionRange((from ?? 0) + 1, (from ?? 0) + 1);
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (isWanted && (key === "Enter" || key === " ") && target instanceof HTMLButtonElement) target.click();
    if (isWanted && key === "Enter" && target instanceof HTMLInputElement) target.form?.requestSubmit();
  };
  act(() => {
    for (const character of text.toLowerCase()) {
      const code = /[a-f]/u.test(character)
        ? `Key${character.toUpperCase()}`
        : /\d/u.test(character)
          ? `Digit${character}`
          : "";
      press(layout === "ru" ? (LAYOUT.get(character) ?? character) : character, code);
    }
    press("Enter", "Enter");
  });
}

/** A key of the building that no other ends like. */
function someKey(core = createFakeCore()) {
  const key = core.building.flats[4]?.keys?.[0]?.key ?? "";
  return { core, key };
}

async function flatOpen() {
  const { core, key } = someKey();
  const window = openWindow({ core, at: "/buildings?intercom=1&flat=544" });
  await screen.findByRole("heading", { name: "Flat 45", level: 1 });
  return { ...window, core, key };
}

test("a key that is read, wherever the focus is, is answered with its card, and presses nothing", async () => {
  const { core, key } = await flatOpen();
  screen.getByRole("button", { name: "Issue code" }).focus();
  reader(key);
  const card = within(await screen.findByRole("dialog", { name: "Flat 5" }));
  expect(card.getByText("as the server writes it")).toBeVisible();
  expect(field()).toHaveValue(key.toLowerCase());
  expect(screen.queryByRole("form", { name: "Issue a code" })).toBeNull();
  expect(requests(core, "issue_code")).toEqual([]);
});

test("spaces between the digits switch no line", async () => {
  const { core } = await flatOpen();
  const line = await screen.findAllByRole("switch");
  line[0]?.focus();
  reader("04 a1 b2 c3");
  expect(field()).toHaveValue("04 a1 b2 c3");
  expect(requests(core, "switch_line")).toEqual([]);
});

test("what the reader wrote into a form is taken out, what the person typed stays, and nothing is sent", async () => {
  const { core, key, user } = await flatOpen();
  await user.click(screen.getByRole("button", { name: "Issue code" }));
  const title = await screen.findByRole("textbox", { name: "Title" });
  await user.type(title, "Courier");
  (title as HTMLInputElement).setSelectionRange(3, 3);
  reader(key, "ru");
  await screen.findByRole("dialog", { name: "Flat 5" });
  expect(title).toHaveValue("Courier");
  expect(requests(core, "issue_code")).toEqual([]);
});

test("over a question that is open, the key is told and looked up when the person wants to", async () => {
  const { core, key } = someKey();
  const { user } = openWindow({ core, at: "/codes" });
  await user.click(await screen.findByRole("row", { name: /Plumber/ }));
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const question = await screen.findByRole("alertdialog");
  within(question).getByRole("button", { name: "Delete 1 code" }).focus();
  reader(key);
  expect(await screen.findByText("Key read:")).toBeVisible();
  expect(requests(core, "delete_codes")).toEqual([]);
  expect(screen.getByRole("alertdialog")).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Look it up" }));
  expect(await screen.findByRole("dialog", { name: "Flat 5" })).toBeVisible();
  expect(screen.queryByText("Key read:")).toBeNull();
});

test("the next key takes the place of the card of the one before", async () => {
  const { core, key } = await flatOpen();
  reader(key);
  await screen.findByRole("dialog", { name: "Flat 5" });
  const other = core.building.flats[6]?.keys?.[0]?.key ?? "";
  reader(other);
  await waitFor(() => expect(screen.getByRole("dialog", { name: "Flat 7" })).toBeVisible());
});

test("a number that a person types is no reader", async () => {
  const { user } = await flatOpen();
  await user.keyboard("/");
  await user.keyboard("45{Enter}");
  expect(await screen.findByRole("dialog", { name: "Flat 45" })).toBeVisible();
});
