import { components, texts } from "virtual:licences";
import { useState } from "react";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import styles from "./SettingsScreen.module.css";

type Component = (typeof components)[number];

/** What others wrote and Gatehouse contains, with the terms it comes under. */
export default function Licences() {
  const { t } = useTexts();
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const search = wanted.trim().toLowerCase();
  const found = components.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(search));
  return (
    <>
      <p className={styles.muted}>{t("about.count", { count: components.length })}</p>
      <div className={styles.narrow}>
        <TextField
          label={t("about.find")}
          type="search"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      {found.length === 0 && <Note>{t("about.noMatch")}</Note>}
      <ul className={styles.lines} aria-label={t("about.components")}>
        {found.map((component) => (
          <ComponentLine
            key={keyOf(component)}
            component={component}
            open={open === keyOf(component)}
            onToggle={() => setOpen(open === keyOf(component) ? null : keyOf(component))}
          />
        ))}
      </ul>
    </>
  );
}

function ComponentLine({
  component,
  open,
  onToggle,
}: {
  component: Component;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTexts();
  return (
    <li className={styles.component}>
      <div className={styles.line}>
        <span className={styles.componentName}>
          {component.name} <span className={styles.muted}>{component.version}</span>
        </span>
        <span>{component.licence}</span>
        {component.texts.length > 0 && (
          <Button
            look="quiet"
            aria-expanded={open}
            aria-label={t("about.textOf", { name: component.name })}
            onClick={onToggle}
          >
            {t("about.text")}
          </Button>
        )}
      </div>
      {open && component.texts.map((text) => <pre key={text}>{texts[text]}</pre>)}
    </li>
  );
}

function keyOf(component: Component): string {
  return `${component.from} ${component.name} ${component.version}`;
}
