import { type ReactNode, useInsertionEffect, useMemo, useState } from "react";
import type { Preferences } from "../core/bindings/Preferences";
import { chosenLanguage, createTexts } from "../i18n/i18n";
import { TextsContext } from "../i18n/texts";

type LanguageProviderProps = {
  preference: Preferences["language"];
  systemLanguage: string;
  children: ReactNode;
};

export function LanguageProvider({ preference, systemLanguage, children }: LanguageProviderProps) {
  const language = chosenLanguage(preference, systemLanguage);
  const [tIn] = useState(createTexts);
  const texts = useMemo(() => ({ language, t: tIn(language), tIn }), [tIn, language]);
  // Before anything is measured: in another language everything is written in other fonts.
  useInsertionEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}
