import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Banner.module.css";

type BannerProps = {
  title: string;
  /** The button that leads out of it. */
  action?: ReactNode;
  children?: ReactNode;
};

export function Banner({ title, action, children }: BannerProps) {
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert aria-hidden="true" size={16} />
      <p>
        <b>{title}</b> {children}
      </p>
      {action}
    </div>
  );
}
