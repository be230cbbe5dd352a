import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import en from "./en.json";
import { chosenLanguage } from "./i18n";
import ru from "./ru.json";

type Texts = { [key: string]: string | Texts };
const PLURAL = /_(zero|one|two|few|many|other)$/;

function keys(texts: Texts, under = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [`${under}${key}`] : keys(value, `${under}${key}.`),
  );
}

function text(texts: Texts, key: string): string {
  let found: string | Texts | undefined = texts;
  for (const part of key.split(".")) found = typeof found === "object" ? found[part] : undefined;
  return typeof found === "string" ? found : "";
}

const placeholders = (value: string) => [...value.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const LANGUAGES = { en, ru } as const;

test("both languages have the same texts", () => {
  const plain = (texts: Texts) => [...new Set(keys(texts).map((key) => key.replace(PLURAL, "")))].sort();
  expect(plain(ru)).toEqual(plain(en));
});

test("no text is empty, and both languages fill in the same values", () => {
  for (const key of keys(en)) {
    expect(text(en, key), key).not.toBe("");
    if (!PLURAL.test(key)) expect(placeholders(text(ru, key)), key).toEqual(placeholders(text(en, key)));
  }
  for (const key of keys(ru)) expect(text(ru, key), key).not.toBe("");
});

test("every counted text has all the plural forms of its language", () => {
  for (const [language, texts] of Object.entries(LANGUAGES)) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = new Set(
      keys(texts)
        .filter((key) => PLURAL.test(key))
        .map((key) => key.replace(PLURAL, "")),
    );
    for (const key of counted)
      for (const form of forms) expect(text(texts, `${key}_${form}`), `${language} ${key}`).not.toBe("");
  }
});

test("every error the core can answer says what happened, what is safe and what next", () => {
  const source = readFileSync("ui/src/core/bindings/ErrorCode.ts", "utf8");
  const codes = [...source.matchAll(/"(\w+)"/g)].map((match) => match[1]);
  expect(codes.length).toBeGreaterThan(20);
  for (const texts of Object.values(LANGUAGES)) {
    for (const code of codes) {
      for (const part of ["title", "safe", "next"])
        expect(text(texts, `errors.${code}.${part}`), code).not.toBe("");
    }
  }
});

test("the system’s language is Russian for Russian systems and English for all others", () => {
  expect(chosenLanguage("system", "ru-RU")).toBe("ru");
  expect(chosenLanguage("system", "de-DE")).toBe("en");
  expect(chosenLanguage("en", "ru-RU")).toBe("en");
});
