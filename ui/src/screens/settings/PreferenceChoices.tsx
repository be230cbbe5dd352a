import type { LanguageChoice as Language } from "../../core/bindings/LanguageChoice";
import type { Preferences } from "../../core/bindings/Preferences";
import { usePreferences } from "../../core/usePreferences";
import { useTexts } from "../../i18n/texts";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { SelectField } from "../../parts/Field";

export function LanguageChoice() {
  const { t } = useTexts();
  const { preferences, change, error } = usePreferences();
  return (
    <>
      <Choice<Language>
        label={t("settings.language")}
        value={preferences.language}
        onChange={(language) => change({ language })}
        options={[
          { value: "system", label: t("settings.system") },
          { value: "en", label: "English" },
          { value: "ru", label: "Русский" },
        ]}
      />
      {error !== null && <ErrorNote error={error} />}
    </>
  );
}

export function ThemeChoice() {
  const { t } = useTexts();
  const { preferences, change, error } = usePreferences();
  return (
    <>
      <Choice<Preferences["theme"]>
        label={t("settings.theme")}
        value={preferences.theme}
        onChange={(theme) => change({ theme })}
        options={[
          { value: "system", label: t("settings.system") },
          { value: "light", label: t("settings.light") },
          { value: "dark", label: t("settings.dark") },
        ]}
      />
      {error !== null && <ErrorNote error={error} />}
    </>
  );
}

/** The language of slips and messages: the visitor's, not the operator's. */
export function VisitorLanguage() {
  const { t } = useTexts();
  const { preferences, change, error } = usePreferences();
  return (
    <>
      <SelectField
        label={t("settings.visitorLanguage")}
        hint={t("settings.visitorLanguageHint")}
        value={preferences.visitorLanguage}
        onChange={(event) => change({ visitorLanguage: event.target.value as Language })}
      >
        <option value="system">{t("settings.asWindow")}</option>
        <option value="en">English</option>
        <option value="ru">Русский</option>
      </SelectField>
      {error !== null && <ErrorNote error={error} />}
    </>
  );
}
