import { type ReactNode, useEffect, useState } from "react";
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
  useEffect(() => {
    void texts.changeLanguage(language);
    document.documentElement.lang = language;
  }, [texts, language]);
  return <I18nextProvider i18n={texts}>{children}</I18nextProvider>;
}
