import { type InputHTMLAttributes, type ReactNode, useEffect, useState } from "react";
import { TextField } from "../../parts/Field";

type CommitFieldProps = Pick<InputHTMLAttributes<HTMLInputElement>, "inputMode" | "placeholder"> & {
  label: string;
  hint?: ReactNode;
  value: string;
  errors: readonly string[];
  /** `isEntered`: with Enter, not by leaving the field. */
  onCommit: (typed: string, isEntered: boolean) => void;
};

/** A setting that is typed: taken over with Enter or on leaving the field, given up with Escape. */
export function CommitField({ value, onCommit, ...field }: CommitFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = (isEntered: boolean) => {
    if (typed.trim() !== value) onCommit(typed.trim(), isEntered);
  };
  return (
    <TextField
      {...field}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => commit(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(true);
        if (event.key === "Escape" && typed !== value) {
          event.stopPropagation();
          setTyped(value);
        }
      }}
    />
  );
}
