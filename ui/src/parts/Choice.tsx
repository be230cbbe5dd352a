import { useId } from "react";
import styles from "./Choice.module.css";

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  /** Equal cells in this many columns, where the options are many. */
  columns?: number;
  /** Seen by screen readers only, where the place already says what is chosen. */
  quietLabel?: boolean;
};

/** One of a few, all in sight. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  columns,
  quietLabel = false,
}: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={quietLabel ? "visually-hidden" : styles.legend}>{label}</legend>
      <div
        className={columns === undefined ? styles.options : styles.cells}
        style={
          columns === undefined ? undefined : { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }
        }
      >
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
