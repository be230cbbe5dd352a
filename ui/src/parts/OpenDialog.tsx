import { Dialog as Base } from "@base-ui/react/dialog";
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
  initialFocus,
  finalFocus,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={urgent}>
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Popup
          className={`${styles.dialog} ${wide ? styles.wide : ""}`}
          role={urgent ? "alertdialog" : "dialog"}
          {...(initialFocus === undefined ? {} : { initialFocus })}
          {...(finalFocus === undefined ? {} : { finalFocus })}
        >
          <Base.Title className={styles.title}>{title}</Base.Title>
          {description !== undefined && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
