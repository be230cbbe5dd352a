import { useTranslation } from "react-i18next";
import type { ServerView } from "../core/bindings/ServerView";
import { useSignInRequests } from "../core/CoreProvider";
import { Button } from "./Button";
import { Note } from "./Note";

type NeedsAccountProps = { server: ServerView; account: "admin" | "client"; why: string };

/** Stands where an action would be, says why it is not there and leads to it. */
export function NeedsAccount({ server, account, why }: NeedsAccountProps) {
  const { t } = useTranslation();
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
