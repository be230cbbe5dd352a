import { readFileSync } from "node:fs";
import { createInstance } from "i18next";
import { expect, test } from "vitest";
import en from "./en.json";
import { chosenLanguage, createTexts } from "./i18n";
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

test("a text is filled in as i18next does it, in either language and for every count", () => {
  const tIn = createTexts();
  const theirs = createInstance();
  void theirs.init({
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  for (const language of ["en", "ru"] as const) {
    const names = keys(LANGUAGES[language]).map((key) => key.replace(PLURAL, ""));
    const every = keys(LANGUAGES[language]).flatMap((key) => placeholders(text(LANGUAGES[language], key)));
    for (const key of new Set(names)) {
      for (const count of [0, 1, 2, 5, 21, 1_000_000]) {
        const values = { ...Object.fromEntries(every.map((name) => [name, `<${name}> $& {{x}}`])), count };
        const expected: unknown = theirs.t(key as never, { ...values, lng: language } as never);
        // What is filled in is no text of ours: whoever is called {{x}} keeps that name.
        const own = tIn(language)(key as never, values as never) as unknown as string;
        expect(own.replaceAll("{{x}}", ""), key).toBe(String(expected).replaceAll("{{x}}", ""));
      }
    }
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
