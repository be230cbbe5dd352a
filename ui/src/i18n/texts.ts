import type { TFunction } from "i18next";
import { createContext, useContext } from "react";
import type { Language } from "./i18n";

/** What the window is written in. */
export type Texts = {
  t: TFunction;
  language: Language;
  /** The same texts in another language: for what somebody else will read. */
  tIn: (language: Language) => TFunction;
};

/**
 * A context of its own, not i18next's hook for React: that subscribes and looks at its namespaces in every place that shows a
 * word, of which a row of a list has dozens. All texts are here from the start, and another language comes from above.
 */
export const TextsContext = createContext<Texts | null>(null);

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (texts === null) throw new Error("LanguageProvider is missing");
  return texts;
}
