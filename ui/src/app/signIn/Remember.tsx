import { type Ref, useId } from "react";
import { useTranslation } from "react-i18next";
import { useAppState } from "../../core/useAppState";
import styles from "./SignInForm.module.css";

/** Off unless the person wants it: a shared desk is the ordinary one. */
export function Remember({ ref }: { ref: Ref<HTMLInputElement> }) {
  const { t } = useTranslation();
  const id = useId();
  const possible = useAppState().keyring === "available";
  return (
    <div className={styles.remember}>
      <label htmlFor={id}>
        <input ref={ref} id={id} type="checkbox" disabled={!possible} aria-describedby={`${id}-hint`} />
        {t("signIn.remember")}
      </label>
      <p id={`${id}-hint`}>{possible ? t("signIn.rememberHint") : t("signIn.rememberNot")}</p>
    </div>
  );
}
