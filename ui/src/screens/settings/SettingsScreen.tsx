import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAppState } from "../../core/useAppState";
import { Note } from "../../parts/Note";
import { LanguageChoice, ThemeChoice } from "./PreferenceChoices";
import { ServerCard } from "./ServerCard";
import styles from "./SettingsScreen.module.css";

export function SettingsScreen() {
  const { t } = useTranslation();
  const state = useAppState();
  return (
    <div className={styles.screen}>
      <div className={styles.column}>
        <h1>{t("settings.title")}</h1>
        <section className={styles.row} aria-label={t("settings.appearance")}>
          <LanguageChoice />
          <ThemeChoice />
        </section>
        <section className={styles.servers} aria-label={t("settings.servers")}>
          <header className={styles.head}>
            <h2>{t("settings.servers")}</h2>
            <Link to="/connect" search={{ server: undefined }} className={styles.add ?? ""}>
              <Plus aria-hidden="true" size={16} />
              {t("settings.addServer")}
            </Link>
          </header>
          {state.servers.length === 0 && <Note>{t("settings.noServers")}</Note>}
          {state.servers.map((server) => (
            <ServerCard key={server.id} server={server} active={server.id === state.active} />
          ))}
        </section>
        <section className={styles.facts} aria-label={t("settings.about")}>
          <h2>{t("settings.about")}</h2>
          <p>{t(`settings.keyring.${state.keyring}`)}</p>
          <p>
            {t("settings.version", { version: state.version })}
            {state.identity !== "release" && ` · ${t(`settings.identity.${state.identity}`)}`}
          </p>
        </section>
      </div>
    </div>
  );
}
