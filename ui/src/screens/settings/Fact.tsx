import type { ReactNode } from "react";
import styles from "./SettingsScreen.module.css";

/** One line of a table of facts: what, its value, what can be done about it. */
export function Fact({ name, value, action }: { name: string; value: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {action !== undefined && <dd>{action}</dd>}
    </div>
  );
}
