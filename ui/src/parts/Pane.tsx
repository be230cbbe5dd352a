import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import styles from "./Pane.module.css";

/** The third zone of a screen: one thing in detail. */
export function Pane({
  title,
  place,
  under,
  onClose,
  children,
}: {
  title: string;
  /** Which door this is at, as large as the title: the same number at another door looks just like it. */
  place?: string;
  under?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    // Below the list in a small window: what was opened comes into sight.
    if (window.matchMedia?.("(max-width: 1000px)").matches === true) pane.current?.scrollIntoView();
  }, []);
  return (
    <section ref={pane} className={styles.pane} aria-label={title} tabIndex={-1}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <div className={styles.which}>
            <h1 title={title}>{title}</h1>
            {place !== undefined && (
              <>
                <span className={styles.dot} aria-hidden="true">
                  ·
                </span>
                <p className={styles.place}>{place}</p>
              </>
            )}
          </div>
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
