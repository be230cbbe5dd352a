import type { ServerView } from "../core/bindings/ServerView";
import { useSignInRequests } from "../core/CoreProvider";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import { Note } from "./Note";

type NeedsAccountProps = { server: ServerView; account: "admin" | "client"; why: string };

/** Stands where an action would be, says why it is not there and leads to it. */
export function NeedsAccount({ server, account, why }: NeedsAccountProps) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  return (
    <Note>
      <p>{why}</p>
      <Button onClick={() => requests.ask({ server: server.id, account }, "person")}>
        {t(`accounts.${account}.signIn`)}
      </Button>
    </Note>
  );
}
