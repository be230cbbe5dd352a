import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("ui/src/tokens.css", "utf8");

function tokens(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector)).split("}")[0] ?? "";
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["bg", "surface", "raised", "sunken"];
/** Ink, the grounds it stands on, and the least contrast WCAG 2.2 AA asks for. */
const PAIRS: [string, string[], number][] = [
  ["text", [...GROUNDS, "accent-soft", "warn-soft", "bad-soft"], 4.5],
  ["muted", [...GROUNDS, "accent-soft"], 4.5],
  ["faint", GROUNDS, 4.5],
  ["on", [...GROUNDS, "accent-soft"], 4.5],
  ["off", ["bg", "surface", "accent-soft"], 4.5],
  ["unknown", [...GROUNDS, "accent-soft"], 4.5],
  ["accent", ["surface", "bg", "accent-soft"], 4.5],
  ["warn", ["warn-soft", "surface"], 4.5],
  ["bad", ["bad-soft", "surface", "bg", "raised"], 4.5],
  ["accent-ink", ["accent", "accent-hover"], 4.5],
  ["control", GROUNDS, 3],
  ["focus", GROUNDS, 3],
];

test.each(["light", "dark"])(
  "every ink of the %s theme can be read on every ground it stands on",
  (theme) => {
    const colors = tokens(theme === "light" ? ":root {" : ':root[data-theme="dark"]');
    for (const [ink, grounds, least] of PAIRS) {
      for (const ground of grounds) {
        const measured = contrast(colors.get(ink) ?? "", colors.get(ground) ?? "");
        expect(measured, `${ink} on ${ground}: ${measured.toFixed(2)}`).toBeGreaterThanOrEqual(least);
      }
    }
  },
);

test("the dark theme is the same whether the system or the person chose it", () => {
  expect(tokens(':root:not([data-theme="light"])')).toEqual(tokens(':root[data-theme="dark"]'));
});
