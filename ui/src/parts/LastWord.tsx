import { type ReactNode, useEffect, useRef } from "react";
import styles from "./LastWord.module.css";

/** What became of something that is gone with the row that had the focus: it takes the focus, for each new `about`. */
export function LastWord({ about, children }: { about: object | null; children: ReactNode }) {
  const word = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (about !== null) word.current?.focus();
  }, [about]);
  if (about === null) return null;
  return (
    <p ref={word} role="status" tabIndex={-1} className={styles.word}>
      {children}
    </p>
  );
}
