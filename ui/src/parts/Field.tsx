import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from "react";
import styles from "./Field.module.css";

type Around = {
  label: string;
  hint?: ReactNode;
  /** Every text that belongs to this field, the server's own included. */
  errors?: readonly string[] | undefined;
  /** The id of what says what is wrong with this field, where that does not stand beside it. */
  toldBy?: string | undefined;
};

export function TextField({
  label,
  hint,
  errors = [],
  toldBy,
  ref,
  ...input
}: Around & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} errors={errors}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...input}
        {...described(id, hint, errors, toldBy)}
        id={id}
        ref={ref}
        className={styles.input}
      />
    </FieldFrame>
  );
}

export function SelectField({
  label,
  hint,
  errors = [],
  toldBy,
  ref,
  ...select
}: Around & SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} errors={errors}>
      <select
        {...select}
        {...described(id, hint, errors, toldBy)}
        id={id}
        ref={ref}
        className={styles.input}
      />
    </FieldFrame>
  );
}

/** How an input of a field looks, for those that are made elsewhere. */
export const fieldInput = styles.input ?? "";

/** What ties an input to the texts around it. */
export function described(id: string, hint: ReactNode, errors: readonly string[], toldBy?: string) {
  const ids = [
    hint === undefined ? null : `${id}-hint`,
    errors.length === 0 ? null : `${id}-errors`,
    toldBy,
  ].filter(Boolean);
  return {
    "aria-invalid": errors.length > 0 || toldBy !== undefined || undefined,
    "aria-describedby": ids.length === 0 ? undefined : ids.join(" "),
  };
}

/** The label, the errors and the hint around any input. */
export function FieldFrame({
  id,
  label,
  hint,
  errors,
  children,
}: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      {errors !== undefined && errors.length > 0 && (
        <ul id={`${id}-errors`} className={styles.errors}>
          {errors.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
