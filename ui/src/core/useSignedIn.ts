import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { AccountKind } from "./bindings/AccountKind";
import { checkCapabilities } from "./bindings/commands";
import type { ServerView } from "./bindings/ServerView";
import { useSignInRequests } from "./CoreProvider";
import { invalidate } from "./invalidate";

/**
 * What follows a sign-in, wherever it was made: its question is answered, and the server is asked once what it offers
 * now. That look is quiet: nobody waits for it, and where it fails the table in the settings says "not tried yet".
 */
export function useSignedIn(): (server: ServerView, account: AccountKind) => void {
  const requests = useSignInRequests();
  const queryClient = useQueryClient();
  return useCallback(
    (server, account) => {
      requests.signedIn(server, account);
      checkCapabilities
        .run({ server: server.id })
        .then(() => invalidate(queryClient, checkCapabilities.tags))
        .catch(() => undefined);
    },
    [requests, queryClient],
  );
}
