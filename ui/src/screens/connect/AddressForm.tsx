import { type FormEvent, useEffect, useRef } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import styles from "./ConnectScreen.module.css";

type Typed = { address: string; name: string };
type AddressFormProps = {
  typed: Typed;
  busy: boolean;
  error: CommandError | null;
  onSubmit: (typed: Typed) => void;
};

export function AddressForm({ typed, busy, error, onSubmit }: AddressFormProps) {
  const { t } = useTexts();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit({ address: String(form.get("address")).trim(), name: String(form.get("name")).trim() });
  };
  const address = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error?.code === "address_invalid") address.current?.focus();
  }, [error]);
  const words = error?.code === "address_invalid" ? errorWords(t, error) : null;
  return (
    <form className={styles.card} onSubmit={submit} aria-label={t("connect.title")} noValidate>
      <TextField
        label={t("connect.address")}
        name="address"
        ref={address}
        inputMode="url"
        placeholder="intercom.example.org"
        defaultValue={typed.address}
        hint={t("connect.addressHint")}
        errors={words === null ? [] : [words.detail ?? words.title]}
        autoFocus
      />
      <TextField
        label={t("connect.name")}
        name="name"
        defaultValue={typed.name}
        hint={t("connect.nameHint")}
      />
      {error !== null && words === null && <ErrorNote error={error} />}
      <Button type="submit" look="primary" busy={busy}>
        {t("connect.continue")}
      </Button>
    </form>
  );
}
