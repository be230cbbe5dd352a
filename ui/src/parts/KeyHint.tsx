import { useTexts } from "../i18n/texts";
import styles from "./KeyHint.module.css";

const APPLE = navigator.userAgent.includes("Mac OS X");
const NAMES: Record<string, string> = {
  mod: APPLE ? "⌘" : "Ctrl",
  escape: "Esc",
  delete: "Del",
  enter: "Enter",
  arrowdown: "↓",
  arrowup: "↑",
  arrowleft: "←",
  arrowright: "→",
  shift: APPLE ? "⇧" : "Shift",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  plus: "+",
  minus: "−",
};

/** Keys as the keyboard in front of the person calls them. Seen only: the control's own name says what it does. */
export function KeyHint({ keys }: { keys: string }) {
  const { t } = useTexts();
  // The one key whose name is written on no keyboard.
  const named = (key: string) => (key === "space" ? t("keys.space") : NAMES[key.toLowerCase()]);
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.split("+").map((key) => (
        <kbd key={key}>{named(key) ?? key.toUpperCase()}</kbd>
      ))}
    </span>
  );
}
