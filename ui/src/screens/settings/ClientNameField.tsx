import { Autocomplete } from "@base-ui/react/autocomplete";
import { useEffect, useId, useState } from "react";
import { useTexts } from "../../i18n/texts";
import { described, FieldFrame, fieldInput } from "../../parts/Field";
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
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const hint = t("settings.clientNameHint");
  const commit = (name: string) => {
    if (name.trim() !== value) onCommit(name.trim());
  };
  return (
    <FieldFrame id={id} label={t("settings.clientName")} hint={hint} errors={errors}>
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
          className={fieldInput}
          spellCheck={false}
          maxLength={64}
          {...described(id, hint, errors)}
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
    </FieldFrame>
  );
}
