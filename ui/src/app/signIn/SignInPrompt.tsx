import { useEffect } from "react";
import { useSignInRequests } from "../../core/CoreProvider";
import { later } from "../../core/later";
import { useCurrentSignInRequest } from "../../core/signInRequests";
import { useServer } from "../../core/useAppState";

const SignInDialog = later(async () => (await import("./SignInDialog")).SignInDialog);

/** The question "sign in again", one account at a time. What the person was doing stays as it is behind it. */
export function SignInPrompt() {
  const requests = useSignInRequests();
  const request = useCurrentSignInRequest(requests);
  const server = useServer(request?.server);
  const isOrphan = request !== null && server === null;
  useEffect(() => {
    // The server was removed: a question about it must not block the next one.
    if (isOrphan) requests.dismiss();
  }, [isOrphan, requests]);
  if (request === null || server === null) return null;
  return <SignInDialog key={`${server.id} ${request.account}`} server={server} account={request.account} />;
}
