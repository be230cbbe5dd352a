import { type ReactNode, useEffect, useInsertionEffect, useState } from "react";
import { I18nextProvider } from "react-i18next";
import type { Preferences } from "../core/bindings/Preferences";
import { chosenLanguage, createTexts } from "../i18n/i18n";

type LanguageProviderProps = {
  preference: Preferences["language"];
  systemLanguage: string;
  children: ReactNode;
};

export function LanguageProvider({ preference, systemLanguage, children }: LanguageProviderProps) {
  const language = chosenLanguage(preference, systemLanguage);
  const [texts] = useState(() => createTexts(language));
  // Before anything is measured: in another language everything is written in other fonts.
  useInsertionEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (texts.language !== language) void texts.changeLanguage(language);
  }, [texts, language]);
  return <I18nextProvider i18n={texts}>{children}</I18nextProvider>;
}
