import { Link, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useId, useRef } from "react";
import { useTexts } from "../../i18n/texts";
import { AboutSection } from "./AboutSection";
import { DataSection } from "./DataSection";
import { GeneralSection } from "./GeneralSection";
import { ServersSection } from "./ServersSection";
import styles from "./SettingsScreen.module.css";
import { SECTIONS, type SectionName } from "./sections";

const CONTENTS: Record<SectionName, () => ReactNode> = {
  general: () => <GeneralSection />,
  servers: () => <ServersSection />,
  data: () => <DataSection />,
  about: () => <AboutSection />,
};

export function SettingsScreen() {
  const { t } = useTexts();
  const { section } = useSearch({ from: "/settings" });
  const headings = useRef(new Map<SectionName, HTMLElement>());
  const go = useCallback((to: SectionName) => {
    const heading = headings.current.get(to);
    heading?.scrollIntoView?.({ block: "start" });
    heading?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (section !== undefined) go(section);
  }, [section, go]);

  return (
    <div className={styles.screen}>
      <nav className={styles.contents} aria-label={t("settings.contents")}>
        {SECTIONS.map((name) => (
          <Link
            key={name}
            to="/settings"
            search={{ section: name }}
            className={styles.link ?? ""}
            activeProps={{ className: styles.here ?? "", "aria-current": "location" }}
            onClick={() => go(name)}
            draggable={false}
          >
            {t(`settings.section.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.column}>
        <h1>{t("settings.title")}</h1>
        {SECTIONS.map((name) => (
          <Section
            key={name}
            title={t(`settings.section.${name}`)}
            take={(heading) => {
              if (heading === null) headings.current.delete(name);
              else headings.current.set(name, heading);
            }}
          >
            {CONTENTS[name]()}
          </Section>
        ))}
      </div>
    </div>
  );
}

function Section({
  title,
  take,
  children,
}: {
  title: string;
  take: (heading: HTMLElement | null) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} ref={take} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
