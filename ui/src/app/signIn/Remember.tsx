import { type Ref, useId } from "react";
import { useAppState } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import styles from "./SignInForm.module.css";

/** Off unless the person wants it: a shared desk is the ordinary one. `brief`: the explanation is heard, not seen. */
export function Remember({ ref, brief = false }: { ref: Ref<HTMLInputElement>; brief?: boolean }) {
  const { t } = useTexts();
  const id = useId();
  const possible = useAppState().keyring === "available";
  return (
    <div className={styles.remember}>
      <label htmlFor={id}>
        <input ref={ref} id={id} type="checkbox" disabled={!possible} aria-describedby={`${id}-hint`} />
        {t("signIn.remember")}
      </label>
      <p id={`${id}-hint`} className={brief && possible ? "visually-hidden" : undefined}>
        {possible ? t("signIn.rememberHint") : t("signIn.rememberNot")}
      </p>
    </div>
  );
}
