import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../../core/bindings/CommandError";
import { signIn } from "../../core/bindings/commands";
import type { Proof } from "../../core/bindings/Proof";
import { captchaAsked, fieldTexts, type TooManySessions, tooManySessions } from "../../core/errors";
import { useSignedIn } from "../../core/useSignedIn";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { CaptchaField } from "./CaptchaField";
import { Remember } from "./Remember";
import { SessionChoice } from "./SessionChoice";
import styles from "./SignInForm.module.css";
import { useCaptcha } from "./useCaptcha";

type SignInFormProps = {
  server: string;
  account: "admin" | "client";
  login: string | null;
  submit: string;
  focusFirst?: boolean;
  /** Beside the submit button. */
  children?: ReactNode;
};

const LOGIN_FIELDS = ["login", "email", "phone"];
const SECRET_FIELDS = ["password", "token"];
const MISSING = ["login_missing", "password_missing", "token_missing"];

/**
 * Signs one account in. The fields hold their own values: a password or token is read once on submit, handed to
 * the core and cleared; the login stays. Only where the server wants one more thing before it looks at the password (a
 * captcha, a session to end) does it stay in its field: the sign-in is not over yet.
 */
export function SignInForm({
  server,
  account,
  login,
  submit,
  focusFirst = false,
  children,
}: SignInFormProps) {
  const { t } = useTranslation();
  const [by, setBy] = useState<Proof["kind"]>("password");
  const [sessions, setSessions] = useState<TooManySessions | null>(null);
  const [ending, setEnding] = useState<number | null>(null);
  const [unchosen, setUnchosen] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const secretField = useRef<HTMLInputElement>(null);
  const rememberField = useRef<HTMLInputElement>(null);
  const captcha = useCaptcha(server);
  const send = useWrite(signIn);
  const signedIn = useSignedIn();

  useEffect(() => {
    if (focusFirst) (login === null ? loginField : secretField).current?.focus();
  }, [focusFirst, login]);

  const chooseWay = (next: Proof["kind"]) => {
    setBy(next);
    setSessions(null);
    captcha.drop();
    send.reset();
  };

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (send.pending) return;
    if (sessions !== null && sessions.sessions.length > 0 && ending === null) {
      setUnchosen(true);
      return;
    }
    const picture = captcha.take();
    if (picture === "not_yet") return;
    const secret = takeSecret(secretField.current);
    const sent = await send.run({
      server,
      account,
      with:
        by === "password"
          ? { kind: "password", login: loginField.current?.value.trim() ?? "", password: secret }
          : { kind: "token", token: secret },
      remember: by === "password" && rememberField.current?.checked === true,
      captcha: picture,
      endSession: ending,
    });
    if (sent.done) signedIn(sent.answer, account);
    else if (sent.error !== null) goOn(sent.error, secret);
  };

  const goOn = (error: CommandError, secret: string) => {
    const asked = captchaAsked(error);
    const tooMany = tooManySessions(error);
    setSessions(tooMany);
    setEnding(null);
    setUnchosen(false);
    if ((asked !== null || tooMany !== null) && secretField.current !== null) {
      secretField.current.value = secret;
    }
    if (asked !== null) captcha.ask(asked);
    // A picture answers one sign-in: the next one needs another.
    else if (tooMany === null ? captcha.wanted : tooMany.captcha) captcha.ask("another");
    else captcha.drop();
    if (asked === null && tooMany === null) secretField.current?.focus();
  };

  const loginErrors = errorsOf(send.error, LOGIN_FIELDS, "login_missing", t);
  const secretErrors = errorsOf(
    send.error,
    [by],
    by === "password" ? "password_missing" : "token_missing",
    t,
  );
  const noted =
    send.error !== null &&
    !MISSING.includes(send.error.code) &&
    captchaAsked(send.error) === null &&
    tooManySessions(send.error) === null;

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
        onChange={chooseWay}
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
      {by === "password" && <Remember ref={rememberField} />}
      {sessions !== null && (
        <SessionChoice found={sessions} chosen={ending} missing={unchosen} onChoose={setEnding} />
      )}
      {captcha.wanted && <CaptchaField captcha={captcha} />}
      {noted && send.error !== null && (
        <ErrorNote error={send.error} besideFields={[...LOGIN_FIELDS, ...SECRET_FIELDS]} />
      )}
      <div className={styles.actions}>
        <Button type="submit" look="primary" busy={send.pending}>
          {sessions !== null && ending !== null ? t("sessions.endAndSignIn") : submit}
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
