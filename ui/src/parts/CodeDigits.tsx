import { useTexts } from "../i18n/texts";
import styles from "./CodeDigits.module.css";
import { groupCode } from "./grouping";

/** A code read across a counter. Without one, dots stand where the digits would be. */
export function CodeDigits({ code, size = "row" }: { code: string | null; size?: "row" | "large" }) {
  const { t } = useTexts();
  if (code === null) {
    return (
      <span className={styles[size]}>
        <span aria-hidden="true">··&nbsp;···</span>
        <span className="visually-hidden">{t("codes.noDigits")}</span>
      </span>
    );
  }
  return <span className={styles[size]}>{groupCode(code)}</span>;
}
