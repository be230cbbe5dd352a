import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAppState } from "../../core/useAppState";
import { Note } from "../../parts/Note";
import { ServerCard } from "./ServerCard";
import styles from "./SettingsScreen.module.css";

export function ServersSection() {
  const { t } = useTranslation();
  const state = useAppState();
  const [removed, setRemoved] = useState<{ name: string } | null>(null);
  const word = useRef<HTMLParagraphElement>(null);
  // The card that had the focus is gone with its server: the word that it was removed takes it.
  useEffect(() => {
    if (removed !== null) word.current?.focus();
  }, [removed]);
  return (
    <>
      {removed !== null && (
        <p ref={word} role="status" tabIndex={-1} className={styles.word}>
          {t("settings.removed", { server: removed.name })}
        </p>
      )}
      {state.servers.length === 0 && <Note>{t("settings.noServers")}</Note>}
      {state.servers.map((server) => (
        <ServerCard
          key={server.id}
          server={server}
          active={server.id === state.active}
          onRemoved={() => setRemoved({ name: server.name })}
        />
      ))}
      <Link to="/connect" search={{ server: undefined }} className={styles.add ?? ""}>
        <Plus aria-hidden="true" size={16} />
        {t("settings.addServer")}
      </Link>
    </>
  );
}
