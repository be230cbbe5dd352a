import { useTranslation } from "react-i18next";
import type { AccountSignedOut } from "../../core/bindings/AccountSignedOut";
import { Note } from "../../parts/Note";

/** After signing out: what became of the session at the server. */
export function SignedOutNote({ answer }: { answer: AccountSignedOut }) {
  const { t } = useTranslation();
  return (
    <Note tone={answer.session === "ended" ? "good" : "warn"}>{t(`signOut.session.${answer.session}`)}</Note>
  );
}
