// The words of the interface in a language, by the keys the interface uses, so that a better wording breaks no test.

import type { TFunction } from "i18next";
import { createTexts, type Language } from "../../../ui/src/i18n/i18n";

/** The translator of one language. */
export function words(language: Language): TFunction {
  return createTexts()(language);
}
