import type { ReactNode } from "react";
import styles from "./Empty.module.css";

/** A place with nothing in it: what would be here and how it gets here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
