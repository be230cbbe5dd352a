import { X } from "lucide-react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "../../parts/Button";
import { isolated } from "../../parts/oneLine";
import styles from "./Search.module.css";

/** A key was read while a dialog had the window to itself: said over it, and looked up once the person wants to. */
export function KeyRead({
  read,
  onLookUp,
  onClose,
}: {
  read: string | null;
  onLookUp: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  // There from the start, so that a screen reader speaks what comes into it.
  return createPortal(
    <div className={read === null ? undefined : styles.read} role="status" aria-live="polite">
      {read !== null && (
        <>
          <p>
            {t("search.read")} <b className={styles.key}>{isolated(read)}</b>
          </p>
          <Button onClick={onLookUp}>{t("search.lookUp")}</Button>
          <Button
            look="quiet"
            aria-label={t("common.close")}
            icon={<X aria-hidden="true" />}
            onClick={onClose}
          />
        </>
      )}
    </div>,
    document.body,
  );
}
