import type { ReactNode } from "react";
import styles from "./ConnectScreen.module.css";

/** A column that scrolls, and below it what stays in sight however long the column is. */
export function ConnectPage({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <div className={styles.screen}>
      <div className={styles.scroll}>
        <div className={styles.column}>{children}</div>
      </div>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </div>
  );
}
