import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("all text has one of three sizes: the fonts of each are looked for at a start", () => {
  const files = readdirSync("ui/src", { recursive: true, encoding: "utf8" });
  const others = files
    .filter((name) => name.endsWith(".css"))
    .flatMap((sheet) => {
      const sizes = readFileSync(`ui/src/${sheet}`, "utf8").matchAll(
        /\sfont(?:-size)?:\s*(?:\d00 )?([^;\s]+)/gu,
      );
      return [...sizes]
        .map(([, size = ""]) => size)
        .filter((size) => !/^(inherit|var\(--size(-small|-title)?\))$/u.test(size));
    });
  // A code is read aloud across a counter.
  expect(others).toEqual(["64px"]);
});
