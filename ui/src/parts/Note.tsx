import type { ReactNode } from "react";
import styles from "./Note.module.css";

/** Something to know, in place of or beside what it is about. */
export function Note({
  tone = "plain",
  title,
  children,
}: {
  tone?: "plain" | "warn" | "good";
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div className={`${styles.note} ${styles[tone]}`} role={tone === "plain" ? undefined : "status"}>
      {title !== undefined && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
