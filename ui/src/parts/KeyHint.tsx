import styles from "./KeyHint.module.css";

const APPLE = navigator.userAgent.includes("Mac OS X");
const NAMES: Record<string, string> = {
  mod: APPLE ? "⌘" : "Ctrl",
  escape: "Esc",
  delete: "Del",
  enter: "Enter",
  arrowdown: "↓",
  arrowup: "↑",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  plus: "+",
  minus: "−",
};

/** Keys as the keyboard in front of the person calls them. Seen only: the control's own name says what it does. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.split("+").map((key) => (
        <kbd key={key}>{NAMES[key.toLowerCase()] ?? key.toUpperCase()}</kbd>
      ))}
    </span>
  );
}
