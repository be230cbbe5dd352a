import { Autocomplete } from "@base-ui/react/autocomplete";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ClientNameField.module.css";

/** The documented values and those shipping apps send. Any other can be typed. */
const KNOWN = ["web", "ios-cctv", "android-cctv", "thick-legal", "ios", "android"];

type ClientNameFieldProps = {
  value: string;
  errors: readonly string[];
  onCommit: (name: string) => void;
};

/** What Gatehouse calls itself to the client API: one of the known names, or any other. */
export function ClientNameField({ value, errors, onCommit }: ClientNameFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = (name: string) => {
    if (name.trim() !== value) onCommit(name.trim());
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {t("settings.clientName")}
      </label>
      <Autocomplete.Root
        items={KNOWN}
        mode="none"
        openOnInputClick
        value={typed}
        onValueChange={(next, { reason }) => {
          setTyped(next);
          if (reason === "item-press") commit(next);
        }}
      >
        <Autocomplete.Input
          id={id}
          className={styles.input ?? ""}
          spellCheck={false}
          maxLength={64}
          aria-invalid={errors.length > 0 || undefined}
          aria-describedby={errors.length > 0 ? `${id}-errors ${id}-hint` : `${id}-hint`}
          onBlur={() => commit(typed)}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit(typed);
          }}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={styles.place ?? ""} sideOffset={4}>
            <Autocomplete.Popup className={styles.popup ?? ""}>
              <Autocomplete.List>
                {(name: string) => (
                  <Autocomplete.Item key={name} value={name} className={styles.item ?? ""}>
                    {name}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {errors.length > 0 && (
        <ul id={`${id}-errors`} className={styles.errors}>
          {errors.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <p id={`${id}-hint`} className={styles.hint}>
        {t("settings.clientNameHint")}
      </p>
    </div>
  );
}
