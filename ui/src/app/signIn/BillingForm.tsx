import { type FormEvent, useRef, useState } from "react";
import { setBilling } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useSignedIn } from "../../core/useSignedIn";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import { takeSecret } from "./SignInForm";
import styles from "./SignInForm.module.css";

/** Which credential switching lines uses. Like every secret, a token is read once and cleared. */
export function BillingForm({ server, onSaved }: { server: ServerView; onSaved?: () => void }) {
  const { t } = useTexts();
  const [kind, setKind] = useState(server.billing.kind);
  const tokenField = useRef<HTMLInputElement>(null);
  const save = useWrite(setBilling);
  const signedIn = useSignedIn();

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const credential = kind === "own" ? { kind, token: takeSecret(tokenField.current) } : { kind };
    const saved = await save.run({ server: server.id, credential });
    if (!saved.done) return;
    signedIn(saved.answer, "billing");
    onSaved?.();
  };
  const tokenErrors = save.error?.code === "token_missing" ? [errorWords(t, save.error).title] : [];

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void onSubmit(event)}
      aria-label={t("accounts.billing.name")}
      noValidate
    >
      <Choice
        label={t("billing.credential")}
        quietLabel
        value={kind}
        onChange={(next) => {
          setKind(next);
          save.reset();
        }}
        options={[
          { value: "admin", label: t("billing.admin") },
          { value: "own", label: t("billing.own") },
          { value: "none", label: t("billing.none") },
        ]}
      />
      {kind === "own" && (
        <TextField label={t("billing.token")} type="password" ref={tokenField} errors={tokenErrors} />
      )}
      {save.error !== null && tokenErrors.length === 0 && <ErrorNote error={save.error} />}
      {save.done && <Note tone="good">{t("billing.saved")}</Note>}
      <Button type="submit" busy={save.pending}>
        {t("billing.save")}
      </Button>
    </form>
  );
}
