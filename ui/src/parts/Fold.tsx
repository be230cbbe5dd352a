import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import styles from "./Fold.module.css";

/** Something long that is there when wanted. What is inside is made only once it is open. */
export function Fold({
  title,
  open: openAtFirst = false,
  children,
}: {
  title: string;
  open?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [open, setOpen] = useState(openAtFirst);
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={styles.opener}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Arrow aria-hidden="true" size={16} />
        {title}
      </button>
      {open && (
        <div id={id} className={styles.inside}>
          {children}
        </div>
      )}
    </div>
  );
}
