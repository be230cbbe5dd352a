import type { ReactNode } from "react";
import styles from "./Tag.module.css";

/** A word beside a name. The word carries the meaning; the tone only repeats it. */
export function Tag({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "live" | "warn" | "bad";
  children: ReactNode;
}) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>;
}
