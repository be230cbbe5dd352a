import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import styles from "./Dialog.module.css";

type DialogProps = {
  title: string;
  description?: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** A decision: announced at once and not closed by a click beside it. */
  urgent?: boolean;
  wide?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Whether the focus goes back to where it was, when the dialog closes; left out: it does. */
  finalFocus?: () => boolean;
};

export function Dialog({
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
