import { Search } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useShortcut } from "../app/shortcuts";
import { useTexts } from "../i18n/texts";
import styles from "./FilterField.module.css";
import { KeyHint } from "./KeyHint";

type FilterFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The arrow down, and Enter where nothing else was made of it: on to the list. */
  onLeave: () => void;
  /** Enter on something typed. */
  onEnter?: () => void;
};

/** The field above a long list: what it finds is in this list, what the search on top finds is anywhere. */
export function FilterField({ label, value, onChange, onLeave, onEnter = onLeave }: FilterFieldProps) {
  const { t } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  const focus = () => {
    field.current?.focus();
    field.current?.select();
  };
  useShortcut("mod+f", t("keys.find"), focus);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Enter" && value.trim() !== "") onEnter();
    else onLeave();
  };
  return (
    <label className={styles.filter}>
      <span className="visually-hidden">{label}</span>
      <Search aria-hidden="true" size={16} />
      <input
        ref={field}
        type="search"
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === "" && <KeyHint keys="mod+f" />}
    </label>
  );
}
