// What a reader types that is plugged in as a keyboard: the digits of a key, one right after the other, and Enter.

/**
 * Milliseconds between two characters of a reader, at most on average. Readers send one every 1 to 20; the quickest typists
 * need 60 and more, and a key that is held down repeats every 30 but says that it does.
 */
export const LONGEST_GAP = 35;
/** The longest single pause within a burst, in milliseconds: a window that is busy learns of a character late. */
export const LONGEST_PAUSE = 120;
/** The fewest and most digits of a key, as readers write them. */
const FEWEST_DIGITS = 4;
const MOST_DIGITS = 20;
/** The most characters, separators included. */
const LONGEST_TEXT = 40;

/** What may be the beginning of a key that a reader types. */
export type Burst = {
  text: string;
  /** When its first character came, in milliseconds. */
  from: number;
  /** When its last character came. */
  at: number;
};

/** A press of a key, as the browser tells of it. */
export type Stroke = Pick<KeyboardEvent, "key" | "code" | "shiftKey">;

const DIGIT = /^[0-9a-f]$/iu;
const BETWEEN = /^[-:.,/; ]$/u;
/** Separators by where they sit: another layout writes letters there. With Shift, where that is another one. */
const PLACES: Record<string, [plain: string, shifted: string | null]> = {
  Comma: [",", null],
  Period: [".", null],
  Slash: ["/", null],
  Semicolon: [";", ":"],
  Minus: ["-", null],
};

/** The character a reader means by a stroke, whatever the layout makes of it; null where no key has it. */
export function characterOf({ key, code, shiftKey }: Stroke): string | null {
  if (DIGIT.test(key) || BETWEEN.test(key)) return key;
  const letter = /^Key([A-F])$/u.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Digit([0-9])$/u.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? null : digit;
  const place = PLACES[code];
  return place === undefined ? null : (place[shiftKey ? 1 : 0] ?? null);
}

/** Whether the characters of a burst come as a reader sends them. One alone has no pace yet. */
export function isQuick({ text, from, at }: Burst): boolean {
  return text.length > 1 && at - from <= LONGEST_GAP * (text.length - 1);
}

/** What there is of a key after one more character: the next of it, or the first of another; null: no key begins so. */
export function burstAfter(before: Burst | null, character: string, at: number): Burst | null {
  if (before !== null && before.text.length < LONGEST_TEXT) {
    const gap = at - before.at;
    if (gap <= LONGEST_GAP || (gap <= LONGEST_PAUSE && isQuick(before))) {
      return { text: before.text + character, from: before.from, at };
    }
  }
  return DIGIT.test(character) ? { text: character, from: at, at } : null;
}

/** The key that Enter at this time ends, if it ends one. */
export function keyRead(burst: Burst | null, at: number): string | null {
  if (burst === null || at - burst.at > LONGEST_PAUSE) return null;
  if (at - burst.from > LONGEST_GAP * burst.text.length) return null;
  const digits = [...burst.text].filter((character) => DIGIT.test(character)).length;
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? burst.text : null;
}
