import { useSyncExternalStore } from "react";
import type { AccountKind } from "./bindings/AccountKind";
import type { ServerView } from "./bindings/ServerView";
import type { SignedOut } from "./errors";

/**
 * Which accounts a person is asked to sign in to. One question is shown at a time and the others wait their turn:
 * several calls failing together ask once per account, and a background read does not ask again for an account the
 * person chose to leave.
 */
export type SignInRequests = {
  current: () => SignedOut | null;
  /** How many questions come after the current one. */
  waiting: () => number;
  /** How often this account was signed in to since the program started: an interrupted write watches it. */
  completed: (account: SignedOut) => number;
  ask: (account: SignedOut, by: "read" | "person") => void;
  /** An account was signed in to, wherever that was done: its question is answered, what it interrupted is offered again. */
  signedIn: (server: ServerView, account: AccountKind) => void;
  dismiss: () => void;
  subscribe: (listener: () => void) => () => void;
};

export function createSignInRequests(): SignInRequests {
  const listeners = new Set<() => void>();
  const dismissed = new Set<string>();
  const completed = new Map<string, number>();
  let queue: SignedOut[] = [];

  const change = (next: SignedOut[]) => {
    queue = next;
    for (const listener of listeners) listener();
  };

  return {
    current: () => queue[0] ?? null,
    waiting: () => Math.max(0, queue.length - 1),
    completed: (account) => completed.get(name(account)) ?? 0,
    ask: (account, by) => {
      if (queue.some((asked) => name(asked) === name(account))) return;
      if (by === "read" && dismissed.has(name(account))) return;
      change([...queue, { server: account.server, account: account.account }]);
    },
    signedIn: (server, account) => {
      // Billing may live on the admin account's sign-in: what was stopped there can go on with it too.
      const accounts: AccountKind[] =
        account === "admin" && server.billing.kind === "admin" ? ["admin", "billing"] : [account];
      const names = accounts.map((kind) => name({ server: server.id, account: kind }));
      for (const each of names) {
        dismissed.delete(each);
        completed.set(each, (completed.get(each) ?? 0) + 1);
      }
      change(queue.filter((asked) => !names.includes(name(asked))));
    },
    dismiss: () => {
      const [first, ...others] = queue;
      if (first === undefined) return;
      dismissed.add(name(first));
      change(others);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function name(account: SignedOut): string {
  return `${account.server} ${account.account}`;
}

export function useCurrentSignInRequest(requests: SignInRequests): SignedOut | null {
  return useSyncExternalStore(requests.subscribe, requests.current);
}

export function useWaitingSignInRequests(requests: SignInRequests): number {
  return useSyncExternalStore(requests.subscribe, requests.waiting);
}
