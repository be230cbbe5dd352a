import type { ReactNode } from "react";
import styles from "./Fact.module.css";

type FactProps = { name: string; value: ReactNode; action?: ReactNode; narrow?: boolean };

/** One line of a table of facts: what, its value, what can be done about it. */
export function Fact({ name, value, action, narrow = false }: FactProps) {
  return (
    <div className={`${styles.fact} ${narrow ? styles.narrow : ""}`}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {action !== undefined && <dd>{action}</dd>}
    </div>
  );
}
