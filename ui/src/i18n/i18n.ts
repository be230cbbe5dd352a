import { createInstance } from "i18next";
import en from "./en.json";
import ru from "./ru.json";

export type Language = "en" | "ru";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** The texts of the window, in every language it speaks. React escapes, so i18next does not. */
export function createTexts(language: Language) {
  const texts = createInstance();
  void texts.init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}

/** The language a preference means on this computer. */
export function chosenLanguage(preference: "system" | Language, systemLanguage: string): Language {
  if (preference !== "system") return preference;
  return systemLanguage.toLowerCase().startsWith("ru") ? "ru" : "en";
}
