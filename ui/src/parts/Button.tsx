import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";
import { KeyHint } from "./KeyHint";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: "plain" | "primary" | "quiet" | "danger";
  icon?: ReactNode;
  /** The key that does the same, shown but not part of the name. */
  keyHint?: string;
  /** The action is on its way: the button stays where it is and cannot be pressed twice. */
  busy?: boolean;
  /** Why it cannot be pressed at the moment: greyed, but still reached by the keyboard, so that the reason is. */
  blocked?: string | null;
  /** It was pressed all the same: the place to say why where everybody sees it. */
  onBlocked?: () => void;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({
  look = "plain",
  icon,
  keyHint,
  busy = false,
  blocked = null,
  onBlocked,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[look], className].filter(Boolean).join(" ")}
      aria-busy={busy || undefined}
      aria-disabled={busy || blocked !== null || undefined}
      {...(blocked === null ? {} : { title: blocked, "aria-description": blocked })}
      aria-keyshortcuts={keyHint}
      onClick={(event) => {
        if (!busy && blocked === null) return onClick?.(event);
        event.preventDefault();
        if (blocked !== null) onBlocked?.();
      }}
    >
      {icon}
      {children}
      {keyHint !== undefined && <KeyHint keys={keyHint} />}
      {busy && <span className={styles.working} aria-hidden="true" />}
    </button>
  );
}
