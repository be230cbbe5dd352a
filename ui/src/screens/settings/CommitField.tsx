import { type InputHTMLAttributes, type ReactNode, useEffect, useState } from "react";
import { TextField } from "../../parts/Field";

type CommitFieldProps = Pick<InputHTMLAttributes<HTMLInputElement>, "inputMode" | "placeholder"> & {
  label: string;
  hint?: ReactNode;
  value: string;
  errors: readonly string[];
  onCommit: (typed: string) => void;
};

/** A setting that is typed: taken over with Enter or on leaving the field, given up with Escape. */
export function CommitField({ value, onCommit, ...field }: CommitFieldProps) {
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
        if (event.key === "Enter") commit();
        if (event.key === "Escape" && typed !== value) {
          event.stopPropagation();
          setTyped(value);
        }
      }}
    />
  );
}
