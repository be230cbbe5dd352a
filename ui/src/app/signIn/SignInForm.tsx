import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../../core/bindings/CommandError";
import { signIn } from "../../core/bindings/commands";
import { fieldTexts } from "../../core/errors";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import styles from "./SignInForm.module.css";

type SignInFormProps = {
  server: string;
  account: "admin" | "client";
  login: string | null;
  submit: string;
  onSignedIn?: () => void;
  focusFirst?: boolean;
  /** Beside the submit button. */
  children?: ReactNode;
};

/**
 * Signs one account in. The fields hold their own values: a password or token is read once on submit, handed to
 * the core and cleared, whatever comes of it; the login stays.
 */
export function SignInForm({
  server,
  account,
  login,
  submit,
  onSignedIn,
  focusFirst = false,
  children,
}: SignInFormProps) {
  const { t } = useTranslation();
  const [by, setBy] = useState<"password" | "token">("password");
  const loginField = useRef<HTMLInputElement>(null);
  const secretField = useRef<HTMLInputElement>(null);
  const send = useWrite(signIn);

  useEffect(() => {
    if (focusFirst) (login === null ? loginField : secretField).current?.focus();
  }, [focusFirst, login]);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = takeSecret(secretField.current);
    const typedLogin = loginField.current?.value.trim() ?? "";
    const sent = await send.run({
      server,
      account,
      with:
        by === "password"
          ? { kind: "password", login: typedLogin, password: secret }
          : { kind: "token", token: secret },
    });
    if (sent.done) onSignedIn?.();
    else secretField.current?.focus();
  };

  const loginErrors = errorsOf(send.error, ["login", "email", "phone"], "login_missing", t);
  const secretErrors =
    by === "password"
      ? errorsOf(send.error, ["password"], "password_missing", t)
      : errorsOf(send.error, ["token"], "token_missing", t);
  const shownBesides = ["login", "email", "phone", "password", "token"];
  const noteNeeded =
    send.error !== null && !["login_missing", "password_missing", "token_missing"].includes(send.error.code);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void onSubmit(event)}
      aria-label={t(`accounts.${account}.name`)}
      noValidate
    >
      <Choice
        label={t("signIn.by")}
        quietLabel
        value={by}
        onChange={setBy}
        options={[
          { value: "password", label: t("signIn.byPassword") },
          { value: "token", label: t("signIn.byToken") },
        ]}
      />
      {by === "password" && (
        <TextField
          label={t("signIn.login")}
          ref={loginField}
          defaultValue={login ?? ""}
          autoComplete="username"
          errors={loginErrors}
        />
      )}
      <TextField
        key={by}
        label={by === "password" ? t("signIn.password") : t("signIn.token")}
        type="password"
        ref={secretField}
        autoComplete="off"
        errors={secretErrors}
      />
      {send.error !== null && noteNeeded && <ErrorNote error={send.error} besideFields={shownBesides} />}
      <div className={styles.actions}>
        <Button type="submit" look="primary" busy={send.pending}>
          {submit}
        </Button>
        {children}
      </div>
    </form>
  );
}

/** Reads a secret and empties its field in one go. */
export function takeSecret(field: HTMLInputElement | null): string {
  if (field === null) return "";
  const secret = field.value;
  field.value = "";
  return secret;
}

function errorsOf(
  error: CommandError | null,
  fields: string[],
  missing: "login_missing" | "password_missing" | "token_missing",
  t: Parameters<typeof errorWords>[0],
): string[] {
  if (error?.code === missing) return [errorWords(t, error).title];
  const texts = fieldTexts(error);
  return fields.flatMap((field) => texts[field] ?? []);
}
