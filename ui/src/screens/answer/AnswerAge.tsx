import type { ServerView } from "../../core/bindings/ServerView";
import { useSignInRequests } from "../../core/CoreProvider";
import { useNow } from "../../core/now";
import { useTexts } from "../../i18n/texts";
import { instant, useTimeWords } from "../../i18n/time";
import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";

/** Accounts whose sign-in the server takes no more: what they saw is shown, and nobody confirms it. */
export function expiredAt(server: ServerView): ("admin" | "client")[] {
  return (["admin", "client"] as const).filter((account) => server[account]?.state === "expired");
}

/** Why what the card shows is what was last seen, and not what the server says now. */
export function AnswerAge({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const words = useTimeWords();
  const now = useNow();
  const requests = useSignInRequests();
  const lost = instant(server.lostAt);
  if (lost !== null) {
    return (
      <Note
        tone="warn"
        title={t("lost.title", { server: isolated(server.name), since: words.when(lost, now) })}
      >
        <p>{t("answer.lastSeen")}</p>
      </Note>
    );
  }
  return expiredAt(server).map((account) => (
    <Note key={account} tone="warn" title={t(`answer.expired.${account}`)}>
      <p>{t("answer.lastSeen")}</p>
      <Button onClick={() => requests.ask({ server: server.id, account }, "person")}>
        {t(`accounts.${account}.again`)}
      </Button>
    </Note>
  ));
}
