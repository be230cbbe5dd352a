import { Link } from "@tanstack/react-router";
import { Building2, Hash, Plug, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { useActiveServer } from "../core/useAppState";
import { useTexts } from "../i18n/texts";
import styles from "./Rail.module.css";

export function Rail() {
  const { t } = useTexts();
  const connected = useActiveServer() !== null;
  return (
    <nav className={styles.rail} aria-label={t("frame.screens")}>
      {connected ? (
        <>
          <Place
            to="/buildings"
            icon={<Building2 aria-hidden="true" size={20} strokeWidth={1.6} />}
            name={t("buildings.title")}
          />
          <Place
            to="/codes"
            icon={<Hash aria-hidden="true" size={20} strokeWidth={1.6} />}
            name={t("codes.title")}
          />
        </>
      ) : (
        <Place
          to="/connect"
          icon={<Plug aria-hidden="true" size={20} strokeWidth={1.6} />}
          name={t("connect.short")}
        />
      )}
      <span className={styles.gap} />
      <Place
        to="/settings"
        icon={<Settings aria-hidden="true" size={20} strokeWidth={1.6} />}
        name={t("settings.title")}
      />
    </nav>
  );
}

function Place({
  to,
  icon,
  name,
}: {
  to: "/buildings" | "/codes" | "/connect" | "/settings";
  icon: ReactNode;
  name: string;
}) {
  return (
    <Link
      to={to}
      className={styles.place ?? ""}
      activeProps={{ className: styles.here ?? "", "aria-current": "page" }}
      activeOptions={{ includeSearch: false }}
      draggable={false}
    >
      {icon}
      {name}
    </Link>
  );
}
