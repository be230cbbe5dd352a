import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useAppState } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { LastWord } from "../../parts/LastWord";
import { Note } from "../../parts/Note";
import { ServerCard } from "./ServerCard";
import styles from "./SettingsScreen.module.css";

export function ServersSection() {
  const { t } = useTexts();
  const state = useAppState();
  const [removed, setRemoved] = useState<{ server: string } | null>(null);
  return (
    <>
      <LastWord about={removed}>{removed !== null && t("settings.removed", removed)}</LastWord>
      {state.servers.length === 0 && <Note>{t("settings.noServers")}</Note>}
      {state.servers.map((server) => (
        <ServerCard
          key={server.id}
          server={server}
          active={server.id === state.active}
          onRemoved={() => setRemoved({ server: server.name })}
        />
      ))}
      <Link to="/connect" search={{ server: undefined }} className={styles.add ?? ""}>
        <Plus aria-hidden="true" size={16} />
        {t("settings.addServer")}
      </Link>
    </>
  );
}
