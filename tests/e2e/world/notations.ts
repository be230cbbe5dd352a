// The ways a key is written by readers, printers and people.

import type { ParseKeys } from "i18next";

const bytes = (hex: string) => hex.match(/../gu) ?? [];
const number = (hex: string) => Number.parseInt(hex, 16);
const reversed = (hex: string) => bytes(hex).toReversed().join("");

/** The ways the four last bytes of a key are written, and how the program tells each. */
export function notations(key: string): [string, ParseKeys][] {
  const four = key.slice(-8);
  const three = key.slice(-6);
  const facility = number(three.slice(0, 2));
  const card = number(three.slice(2));
  const russian = { A: "ф", B: "и", C: "с", D: "в", E: "у", F: "а" };
  const layout = [...four].map((digit) => russian[digit as keyof typeof russian] ?? digit).join("");
  return [
    [key, "search.how.hex"],
    [bytes(key).join(":").toLowerCase(), "search.how.hex"],
    [`0x${four.toLowerCase()}`, "search.how.hex"],
    [reversed(four), "search.how.hex_reversed"],
    [String(number(four)), "search.how.decimal"],
    [String(number(reversed(four))), "search.how.decimal_reversed"],
    [String(number(three)).padStart(10, "0"), "search.how.card_number"],
    [`${facility},${card}`, "search.how.wiegand"],
    [`${String(facility).padStart(3, "0")}/${String(card).padStart(5, "0")}`, "search.how.wiegand"],
    [three, "search.how.ending"],
    [four.slice(0, 6), "search.how.beginning"],
    [layout, "search.how.layout"],
  ];
}
