// What a reader types that is plugged in as a keyboard: the digits of a key, one right after the other, and Enter.

/**
 * Milliseconds between two characters of a reader, at most on average. Readers send one every 1 to 20; the quickest typists
 * need 60 and more, and a key that is held down repeats every 30 but says that it does.
 */
export const LONGEST_GAP = 35;
/** The longest single pause within a burst, in milliseconds: a window that is busy learns of a character late. */
export const LONGEST_PAUSE = 120;
/** The fewest characters that tell a reader from a person who was quick once. */
const FEWEST_CHARACTERS = 4;
/** The fewest and most digits of a key, as readers write them. */
const FEWEST_DIGITS = 4;
const MOST_DIGITS = 20;
/** The most characters of a key, separators included. */
const LONGEST_TEXT = 40;

/** What may come from a reader. */
export type Burst = {
  /** What there is of a key; null: something in it belongs to none. */
  text: string | null;
  /** How many characters came. */
  count: number;
  /** When its first character came, in milliseconds. */
  from: number;
  /** When its last character came. */
  at: number;
};

/** What a reader typed: a key, or something that is none. */
export type Read = { key: string | null };

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

/** Keys that write something, but do not say what. */
const UNNAMED = ["Dead", "Unidentified"];

/** Whether a stroke writes a character, whichever. */
export function isWriting({ key, code, shiftKey }: Stroke): boolean {
  return [...key].length === 1 || UNNAMED.includes(key) || characterOf({ key, code, shiftKey }) !== null;
}

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
export function isQuick({ count, from, at }: Burst): boolean {
  return count > 1 && at - from <= LONGEST_GAP * (count - 1);
}

/** The burst after one more character, null being one that no key has: it goes on, or begins with this one. */
export function burstAfter(before: Burst | null, character: string | null, at: number): Burst {
  if (before !== null) {
    const gap = at - before.at;
    if (gap <= LONGEST_GAP || (gap <= LONGEST_PAUSE && isQuick(before))) {
      const text = before.text === null || character === null ? null : before.text + character;
      const isTooLong = text !== null && text.length > LONGEST_TEXT;
      return { text: isTooLong ? null : text, count: before.count + 1, from: before.from, at };
    }
  }
  const isDigit = character !== null && DIGIT.test(character);
  return { text: isDigit ? character : null, count: 1, from: at, at };
}

/** What Enter at this time ends; null where a person typed it. The pace alone tells, not what it says. */
export function readBy(burst: Burst | null, at: number): Read | null {
  if (burst === null || burst.count < FEWEST_CHARACTERS || at - burst.at > LONGEST_PAUSE) return null;
  if (at - burst.from > LONGEST_GAP * burst.count) return null;
  const digits = [...(burst.text ?? "")].filter((character) => DIGIT.test(character)).length;
  return { key: digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? burst.text : null };
}
