import { type FormEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { signIn } from "../../core/bindings/commands";
import type { Proof } from "../../core/bindings/Proof";
import { captchaAsked, fieldTexts, type TooManySessions, tooManySessions } from "../../core/errors";
import { useSignedIn } from "../../core/useSignedIn";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
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
  /** Each new turn leads to its first empty field; 0: none yet. */
  focusTurn?: number;
  /** Whether the server wants one more thing before it lets anyone in. */
  onAskedForMore?: (more: boolean) => void;
  /** Beside the submit button. */
  children?: ReactNode;
};

const LOGIN_FIELDS = ["login", "email", "phone"];
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
  focusTurn = 0,
  onAskedForMore,
  children,
}: SignInFormProps) {
  const { t } = useTexts();
  const id = useId();
  const [by, setBy] = useState<Proof["kind"]>("password");
  const [sessions, setSessions] = useState<TooManySessions | null>(null);
  const [ending, setEnding] = useState<number | null>(null);
  const [unchosen, setUnchosen] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const secretField = useRef<HTMLInputElement>(null);
  const rememberField = useRef<HTMLInputElement>(null);
  const more = useRef<HTMLDivElement>(null);
  const actions = useRef<HTMLDivElement>(null);
  const captcha = useCaptcha(server);
  const send = useWrite(signIn);
  const signedIn = useSignedIn();

  useEffect(() => {
    if (focusTurn === 0) return;
    actions.current?.scrollIntoView?.({ block: "nearest" });
    (login === null ? loginField : secretField).current?.focus();
  }, [focusTurn, login]);

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

  const missing = send.error !== null && MISSING.includes(send.error.code) ? send.error : null;
  const missingTexts = missing === null ? [] : [errorWords(t, missing).title];
  const noted =
    send.error !== null &&
    missing === null &&
    captchaAsked(send.error) === null &&
    tooManySessions(send.error) === null;
  // What the server says of a field stands in the note; the field only points there.
  const toldBy = (fields: readonly string[]) => {
    const told = fieldTexts(noted ? send.error : null);
    return fields.some((field) => told[field] !== undefined) ? `${id}-texts` : undefined;
  };

  const asksMore = sessions !== null || captcha.wanted;
  useLayoutEffect(() => {
    onAskedForMore?.(asksMore);
  }, [onAskedForMore, asksMore]);
  // What is asked for or told comes into sight with the button that goes on, and nobody has to look for either.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new question, picture and error leads there
  useEffect(() => {
    if (!asksMore && !noted) return;
    actions.current?.scrollIntoView?.({ block: "nearest" });
    more.current?.scrollIntoView?.({ block: "nearest" });
  }, [asksMore, noted, send.error, captcha.picture?.key, captcha.reason]);

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
      <div className={styles.beside}>
        {by === "password" && (
          <TextField
            label={t("signIn.login")}
            ref={loginField}
            defaultValue={login ?? ""}
            autoComplete="username"
            errors={missing?.code === "login_missing" ? missingTexts : []}
            toldBy={toldBy(LOGIN_FIELDS)}
          />
        )}
        <TextField
          key={by}
          label={by === "password" ? t("signIn.password") : t("signIn.token")}
          type="password"
          ref={secretField}
          autoComplete="off"
          errors={missing !== null && missing.code !== "login_missing" ? missingTexts : []}
          toldBy={toldBy([by])}
        />
      </div>
      {by === "password" && <Remember ref={rememberField} brief={asksMore} />}
      {asksMore && (
        <div ref={more} className={styles.beside}>
          {sessions !== null && (
            <SessionChoice found={sessions} chosen={ending} missing={unchosen} onChoose={setEnding} />
          )}
          {captcha.wanted && <CaptchaField captcha={captcha} />}
        </div>
      )}
      {noted && send.error !== null && <ErrorNote error={send.error} textsId={`${id}-texts`} />}
      <div ref={actions} className={styles.actions}>
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
