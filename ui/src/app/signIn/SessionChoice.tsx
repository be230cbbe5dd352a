import { useEffect, useId, useRef } from "react";
import type { TooManySessions } from "../../core/errors";
import { useTexts } from "../../i18n/texts";
import { SessionFacts, sessionName } from "./SessionFacts";
import styles from "./SignInForm.module.css";

type SessionChoiceProps = {
  found: TooManySessions;
  chosen: number | null;
  /** The person went on without choosing. */
  missing: boolean;
  onChoose: (session: number) => void;
};

/** The account is signed in in too many places: which of them is to end for this one. Nothing is chosen beforehand. */
export function SessionChoice({ found, chosen, missing, onChoose }: SessionChoiceProps) {
  const { t } = useTexts();
  const name = useId();
  const first = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new list, and each reminder, leads to it
  useEffect(() => {
    first.current?.focus();
  }, [found, missing]);
  return (
    <fieldset className={styles.step} aria-describedby={`${name}-why`}>
      <legend className={styles.stepTitle}>{t("sessions.tooMany")}</legend>
      <p id={`${name}-why`} className={styles.stepWhy}>
        {found.limit !== null && `${t("errors.sessionLimit", { count: found.limit })} `}
        {found.sessions.length === 0 ? t("sessions.noneTold") : t("sessions.choose")}
      </p>
      {found.sessions.map((session, index) => (
        <label key={session.id} className={styles.pick}>
          <input
            ref={index === 0 ? first : null}
            type="radio"
            name={name}
            aria-label={sessionName(t, session, found.sessions)}
            aria-describedby={`${name}-${session.id}`}
            checked={chosen === session.id}
            onChange={() => onChoose(session.id)}
          />
          <SessionFacts session={session} among={found.sessions} id={`${name}-${session.id}`} />
        </label>
      ))}
      {missing && (
        <p className={styles.complaint} role="alert">
          {t("sessions.chooseFirst")}
        </p>
      )}
    </fieldset>
  );
}
