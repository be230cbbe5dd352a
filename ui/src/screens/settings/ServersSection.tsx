import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAppState } from "../../core/useAppState";
import { Note } from "../../parts/Note";
import { ServerCard } from "./ServerCard";
import styles from "./SettingsScreen.module.css";

export function ServersSection() {
  const { t } = useTranslation();
  const state = useAppState();
  return (
    <>
      {state.servers.length === 0 && <Note>{t("settings.noServers")}</Note>}
      {state.servers.map((server) => (
        <ServerCard key={server.id} server={server} active={server.id === state.active} />
      ))}
      <Link to="/connect" search={{ server: undefined }} className={styles.add ?? ""}>
        <Plus aria-hidden="true" size={16} />
        {t("settings.addServer")}
      </Link>
    </>
  );
}
