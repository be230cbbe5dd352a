import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTexts } from "../i18n/texts";
import styles from "./Notes.module.css";

/** What there is to know about a list, above it: bounded, so that the list keeps its room. What is more scrolls. */
export function Notes({ alone = false, children }: { alone?: boolean; children: ReactNode }) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const [isMore, setMore] = useState(false);
  useLayoutEffect(() => {
    const outer = box.current;
    const inner = outer?.firstElementChild;
    if (outer == null || inner == null) return;
    const measure = () => setMore(outer.scrollHeight > outer.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);
  // A keyboard scrolls what it can reach.
  const reach = isMore ? { tabIndex: 0, role: "region", "aria-label": t("common.notes") } : {};
  return (
    <div
      ref={box}
      className={`${styles.box} ${alone ? styles.alone : ""} ${isMore ? styles.more : ""}`}
      {...reach}
    >
      <div className={styles.notes}>{children}</div>
    </div>
  );
}
