import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./Pane.module.css";

/** The third zone of a screen: one thing in detail. */
export function Pane({
  title,
  under,
  onClose,
  children,
}: {
  title: string;
  under?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className={styles.pane} aria-label={title} tabIndex={-1}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h1 title={title}>{title}</h1>
          {under !== undefined && <p className={styles.under}>{under}</p>}
        </div>
        <Button
          look="quiet"
          aria-label={t("common.close")}
          title={t("common.close")}
          icon={<X aria-hidden="true" />}
          onClick={onClose}
        />
      </header>
      {children}
    </section>
  );
}

export function PaneSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
