import type { AccountSignedOut } from "../../core/bindings/AccountSignedOut";
import { useTexts } from "../../i18n/texts";
import { Note } from "../../parts/Note";

/** After signing out: what became of the session at the server. */
export function SignedOutNote({ answer }: { answer: AccountSignedOut }) {
  const { t } = useTexts();
  return (
    <Note tone={answer.session === "ended" ? "good" : "warn"}>{t(`signOut.session.${answer.session}`)}</Note>
  );
}
