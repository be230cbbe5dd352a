import { type InputHTMLAttributes, type ReactNode, useEffect, useState } from "react";
import { TextField } from "../../parts/Field";

type CommitFieldProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "inputMode" | "placeholder" | "readOnly"
> & {
  label: string;
  hint?: ReactNode;
  value: string;
  errors: readonly string[];
  onCommit: (typed: string) => void;
  /** Enter, where it does more than to take over: with what was typed, changed or not. */
  onEnter?: (typed: string) => void;
};

/** A setting that is typed: taken over with Enter or on leaving the field, given up with Escape. */
export function CommitField({ value, onCommit, onEnter, ...field }: CommitFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => {
    if (typed.trim() !== value) onCommit(typed.trim());
  };
  return (
    <TextField
      {...field}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") onEnter === undefined ? commit() : onEnter(typed.trim());
        if (event.key === "Escape" && typed !== value) {
          event.stopPropagation();
          setTyped(value);
        }
      }}
    />
  );
}
