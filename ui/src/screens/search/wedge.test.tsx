import { act, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFakeCore } from "../../dev/fakeCore";
import { keyPressed, keySent } from "../../testing/pace";
import { openWindow, requests } from "../../testing/window";
import { type Burst, burstAfter, characterOf, LONGEST_GAP, LONGEST_PAUSE, type Read, readBy } from "./wedge";

/** Null: one that no key has. */
type Timed = { character: string | null; wait: number };

/** What is read from characters, each so long after the one before, and Enter; null where a person typed them. */
function readFrom(strokes: Timed[], waitForEnter: number): Read | null {
  let [burst, at]: [Burst | null, number] = [null, 1000];
  for (const { character, wait } of strokes) {
    at += wait;
    burst = burstAfter(burst, character, at);
  }
  return readBy(burst, at + waitForEnter);
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
        expect(readFrom([...before, ...strokes], gaps.next().value ?? 0)).toEqual({ key: text });
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
      expect(readFrom(strokes, 4)).toEqual({ key: text });
    }),
  );
});

test("what a person types is never taken for a reader, nor an Enter that comes later", () => {
  const typed = fc.array(fc.record({ character: fc.option(hex), wait: slow }));
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

/** Characters at a reader's pace; what is no part of a key stands for one that no key has. */
const quickly = (text: string) =>
  readFrom(
    [...text].map((character) => ({ character: /[\da-f:]/iu.test(character) ? character : null, wait: 1 })),
    1,
  );

test.each([["1:2:3"], ["0".repeat(21)], ["12345678901234567890:1"], ["04".repeat(50)]])(
  "%s is no key, though a reader typed it",
  (text) => {
    expect(quickly(text)).toEqual({ key: null });
  },
);

test.each([["45"], ["123"]])("%s is too short to tell who typed it", (text) => {
  expect(quickly(text)).toBeNull();
});

test("whatever a reader sends before a key, after it or in it, its Enter is no person's", () => {
  const foreign = fc.constantFrom("%", "x", "UID", "%%;", "h");
  fc.assert(
    fc.property(sent, foreign, fc.nat(), (text, more, place) => {
      const at = place % (text.length + 1);
      const strokes = [...text.slice(0, at), ...more.split("").map(() => null), ...text.slice(at)];
      expect(
        readFrom(
          strokes.map((character) => ({ character, wait: 3 })),
          3,
        ),
      ).toEqual({ key: null });
    }),
  );
});

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

/** What a reader does to the page: every character goes to what has the focus, one per 5 ms by the test's own clock. */
function reader(text: string, { layout = "en", enters = 1 }: { layout?: "en" | "ru"; enters?: number } = {}) {
  const press = (key: string, code: string, after = 5) => {
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: keySent(after) });
    if (target.dispatchEvent(event)) answerOf(target, key);
  };
  act(() => {
    keyPressed(500);
    for (const character of text) {
      const lower = character.toLowerCase();
      const code = /[a-z]/u.test(lower)
        ? `Key${lower.toUpperCase()}`
        : /\d/u.test(lower)
          ? `Digit${lower}`
          : "";
      press(layout === "ru" ? (LAYOUT.get(lower) ?? lower) : character, code);
    }
    for (let times = 0; times < enters; times += 1) press("Enter", "Enter");
  });
}

/** What the browser does for a key that nobody took. */
function answerOf(target: Element, key: string) {
  if (key === "Enter" || key === " ") {
    if (target instanceof HTMLButtonElement) target.click();
    if (key === "Enter" && target instanceof HTMLInputElement) target.form?.requestSubmit();
  }
  if (key.length !== 1) return;
  if (target instanceof HTMLSelectElement) {
    const next = [...target.options].find(({ text }) => text.toLowerCase().startsWith(key.toLowerCase()));
    if (next === undefined) return;
    target.value = next.value;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    const { value, selectionStart, selectionEnd } = target;
    const [from, to] = [selectionStart ?? 0, selectionEnd ?? value.length];
    const next = value.slice(0, from) + key + value.slice(to);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(target, next);
    target.setSelectionRange(from + 1, from + 1);
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
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
  reader(key.toLowerCase());
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
  reader(key.toLowerCase(), { layout: "ru" });
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

test.each([["%04A2B3C4"], ["UID04A2B3C4"], ["0x04A2B3C4"], ["0".repeat(24)]])(
  "a reader that types %s sends no form, and it is said that this is no key",
  async (text) => {
    const { core, user } = await flatOpen();
    await user.click(screen.getByRole("button", { name: "Issue code" }));
    const title = await screen.findByRole("textbox", { name: "Title" });
    await user.type(title, "Courier");
    reader(text);
    const told = (await screen.findByText(/A reader typed something that is no key/u)).parentElement;
    expect(told).toBeVisible();
    expect(title).toHaveValue("Courier");
    expect(requests(core, "issue_code")).toEqual([]);
    await user.click(within(told as HTMLElement).getByRole("button", { name: "Close" }));
    expect(screen.queryByText(/something that is no key/u)).toBeNull();
    await user.click(title);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(requests(core, "issue_code")).toHaveLength(1));
  },
);

test("a reader that ends its line with two Enters presses nothing with the second", async () => {
  const { core, key } = someKey();
  const { user } = openWindow({ core, at: "/codes" });
  await user.click(await screen.findByRole("row", { name: /Plumber/ }));
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const question = await screen.findByRole("alertdialog");
  within(question).getByRole("button", { name: "Delete 1 code" }).focus();
  reader(key, { enters: 3 });
  expect(await screen.findByText("Key read:")).toBeVisible();
  expect(screen.getByRole("alertdialog")).toBeVisible();
  expect(requests(core, "delete_codes")).toEqual([]);
});

test("a list of choices that turned to the first character of a key turns back, and so does what is kept of it", async () => {
  const core = createFakeCore();
  openWindow({ core, at: "/settings?section=general" });
  const list = await screen.findByRole("combobox", { name: "Language of what visitors get" });
  const before = (list as HTMLSelectElement).value;
  list.focus();
  reader("E4a1b2c3");
  expect(field()).toHaveValue("E4a1b2c3");
  await waitFor(() => expect(requests(core, "set_preferences").length).toBeGreaterThan(1));
  expect(core.state.preferences.visitorLanguage).toBe(before);
  expect(list).toHaveValue(before);
});
