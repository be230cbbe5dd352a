import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Banner.module.css";

export function Banner({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert aria-hidden="true" size={16} />
      <p>
        <b>{title}</b> {children}
      </p>
    </div>
  );
}
