import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import type { DialogProps } from "./Dialog";
import styles from "./Dialog.module.css";

/** A dialog as it is drawn, open or about to be closed. */
export function OpenDialog({
  title,
  description,
  open,
  onClose,
  children,
  urgent = false,
  wide = false,
  crossed = false,
  initialFocus,
  finalFocus,
}: DialogProps) {
  const { t } = useTexts();
  const look = [styles.dialog, wide ? styles.wide : "", crossed ? styles.crossed : ""].filter(Boolean);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={urgent}>
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Popup
          className={look.join(" ")}
          role={urgent ? "alertdialog" : "dialog"}
          {...(initialFocus === undefined ? {} : { initialFocus })}
          {...(finalFocus === undefined ? {} : { finalFocus })}
        >
          <Base.Title className={styles.title}>{title}</Base.Title>
          {description !== undefined && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          {children}
          {crossed && (
            <Button
              look="quiet"
              className={styles.cross}
              aria-label={t("common.close")}
              title={t("common.close")}
              icon={<X aria-hidden="true" />}
              onClick={onClose}
            />
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
