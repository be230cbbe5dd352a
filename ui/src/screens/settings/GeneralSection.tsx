import { CodeDefaults } from "./CodeDefaults";
import { LanguageChoice, ThemeChoice, VisitorLanguage } from "./PreferenceChoices";
import styles from "./SettingsScreen.module.css";
import { ZoomChoice } from "./ZoomChoice";

export function GeneralSection() {
  return (
    <>
      <div className={styles.row}>
        <LanguageChoice />
        <ThemeChoice />
        <ZoomChoice />
      </div>
      <div className={styles.narrow}>
        <VisitorLanguage />
      </div>
      <CodeDefaults />
    </>
  );
}
