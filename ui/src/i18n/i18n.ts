import { createInstance, type i18n, type TFunction } from "i18next";
import en from "./en.json";
import ru from "./ru.json";

export type Language = "en" | "ru";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** The texts of the window, by the language they are wanted in. React escapes, so i18next does not. */
export function createTexts(): (language: Language) => TFunction {
  const texts = createInstance();
  void texts.init({
    fallbackLng: "en",
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const known = { en: remembering(texts, "en"), ru: remembering(texts, "ru") };
  return (language) => known[language];
}

/**
 * What i18next finds in one language, remembered: it looks keys up, chooses forms and goes through texts anew for each word
 * that is shown, of which a list has hundreds. A text is cut once at the places where values are filled in.
 */
function remembering(texts: i18n, language: Language): TFunction {
  const known = new Map<string, readonly string[]>();
  let plural: Intl.PluralRules | null = null;
  const t = (key: string, values: Readonly<Record<string, unknown>> = {}): string => {
    const { count } = values;
    const form = (number: number) => {
      plural ??= new Intl.PluralRules(language);
      return plural.select(number);
    };
    const name = typeof count === "number" ? `${key} ${form(count)}` : key;
    let parts = known.get(name);
    if (parts === undefined) {
      const asked = { ...values, lng: language, skipInterpolation: true };
      const found: unknown = texts.t(key as never, asked as never);
      // Every second part is the name of a value.
      parts = String(found).split(/\{\{(\w+)\}\}/u);
      known.set(name, parts);
    }
    const [whole = ""] = parts;
    if (parts.length === 1) return whole;
    return parts.map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? ""))).join("");
  };
  return t as unknown as TFunction;
}

/** The language a preference means on this computer. */
export function chosenLanguage(preference: "system" | Language, systemLanguage: string): Language {
  if (preference !== "system") return preference;
  return systemLanguage.toLowerCase().startsWith("ru") ? "ru" : "en";
}
