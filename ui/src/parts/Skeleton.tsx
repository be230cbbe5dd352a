import { useTexts } from "../i18n/texts";
import styles from "./Skeleton.module.css";

/** Rows where the answer will stand, of the height they will have. */
export function Skeleton({ rows, height = 36 }: { rows: number; height?: number }) {
  const { t } = useTexts();
  return (
    <div role="status" aria-busy="true">
      <span className="visually-hidden">{t("common.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never change places
        <div key={row} className={styles.row} style={{ height }}>
          <i style={{ width: `${[38, 62, 50, 70][row % 4]}%` }} />
        </div>
      ))}
    </div>
  );
}
