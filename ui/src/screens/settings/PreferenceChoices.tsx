import { useTranslation } from "react-i18next";
import { setPreferences } from "../../core/bindings/commands";
import type { Preferences } from "../../core/bindings/Preferences";
import { useAppState } from "../../core/useAppState";
import { useWrite } from "../../core/useWrite";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";

export function LanguageChoice() {
  const { t } = useTranslation();
  const { preferences } = useAppState();
  const save = useWrite(setPreferences);
  return (
    <>
      <Choice<Preferences["language"]>
        label={t("settings.language")}
        value={preferences.language}
        onChange={(language) => void save.run({ ...preferences, language })}
        options={[
          { value: "system", label: t("settings.system") },
          { value: "en", label: "English" },
          { value: "ru", label: "Русский" },
        ]}
      />
      {save.error !== null && <ErrorNote error={save.error} />}
    </>
  );
}

export function ThemeChoice() {
  const { t } = useTranslation();
  const { preferences } = useAppState();
  const save = useWrite(setPreferences);
  return (
    <>
      <Choice<Preferences["theme"]>
        label={t("settings.theme")}
        value={preferences.theme}
        onChange={(theme) => void save.run({ ...preferences, theme })}
        options={[
          { value: "system", label: t("settings.system") },
          { value: "light", label: t("settings.light") },
          { value: "dark", label: t("settings.dark") },
        ]}
      />
      {save.error !== null && <ErrorNote error={save.error} />}
    </>
  );
}
