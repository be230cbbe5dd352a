import { notifyManager, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import type { CommandError } from "./bindings/CommandError";
import { signedOut } from "./errors";
import { invalidate } from "./invalidate";
import { createReachability, type Reachability } from "./reachability";
import { createSignInRequests, type SignInRequests } from "./signInRequests";
import { createWrites, type Writes } from "./writes";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: CommandError;
    queryMeta: { tags: readonly string[] };
  }
}

/** How long an answer counts as fresh when a screen is opened again, in milliseconds. Tags override it. */
const FRESH_FOR = 30_000;

const SignInContext = createContext<SignInRequests | null>(null);
const WritesContext = createContext<Writes | null>(null);
const ReachabilityContext = createContext<Reachability | null>(null);

export function useSignInRequests(): SignInRequests {
  const requests = useContext(SignInContext);
  if (requests === null) throw new Error("CoreProvider is missing");
  return requests;
}

export function useWrites(): Writes {
  const writes = useContext(WritesContext);
  if (writes === null) throw new Error("CoreProvider is missing");
  return writes;
}

export function useReachability(): Reachability {
  const reachability = useContext(ReachabilityContext);
  if (reachability === null) throw new Error("CoreProvider is missing");
  return reachability;
}

/** What the window holds of its core, one for each window. */
export type Core = ReturnType<typeof createCore>;

export function CoreProvider({ core, children }: { core: Core; children: ReactNode }) {
  return (
    <SignInContext value={core.signInRequests}>
      <WritesContext value={core.writes}>
        <ReachabilityContext value={core.reachability}>
          <QueryClientProvider client={core.queryClient}>{children}</QueryClientProvider>
        </ReachabilityContext>
      </WritesContext>
    </SignInContext>
  );
}

export function createCore() {
  // An answer is drawn as soon as it is here, not after a timer.
  notifyManager.setScheduler(queueMicrotask);
  const signInRequests = createSignInRequests();
  const reachability = createReachability();
  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        reachability.failed(query.queryKey[1], error);
        const account = signedOut(error);
        if (account !== null) signInRequests.ask(account, "read");
      },
    }),
    // The core retries and knows whether there is a network; a second layer here would only multiply waiting.
    defaultOptions: {
      queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, staleTime: FRESH_FOR },
    },
  });
  // An ended sign-in is part of what the frame shows: whatever is asked or answered, it looks again.
  signInRequests.subscribe(() => {
    void invalidate(queryClient, ["app"]);
  });
  const writes = createWrites(queryClient, signInRequests, reachability);
  return { signInRequests, queryClient, reachability, writes };
}
