import { useSyncExternalStore } from "react";
import type { SignedOut } from "./errors";

/**
 * Which account a person is asked to sign in to again. There is one question at a time: several calls failing
 * together ask once, and a background read does not ask again for an account the person chose to leave.
 */
export type SignInRequests = {
  current: () => SignedOut | null;
  /** How often this account was signed in to since the program started: an interrupted write watches it. */
  completed: (account: SignedOut) => number;
  ask: (account: SignedOut, by: "read" | "person") => void;
  finish: () => void;
  dismiss: () => void;
  subscribe: (listener: () => void) => () => void;
};

export function createSignInRequests(): SignInRequests {
  const listeners = new Set<() => void>();
  const dismissed = new Set<string>();
  const completed = new Map<string, number>();
  let current: SignedOut | null = null;

  const change = (next: SignedOut | null) => {
    current = next;
    for (const listener of listeners) listener();
  };

  return {
    current: () => current,
    completed: (account) => completed.get(name(account)) ?? 0,
    ask: (account, by) => {
      if (current !== null) return;
      if (by === "read" && dismissed.has(name(account))) return;
      change(account);
    },
    finish: () => {
      if (current === null) return;
      dismissed.delete(name(current));
      completed.set(name(current), (completed.get(name(current)) ?? 0) + 1);
      change(null);
    },
    dismiss: () => {
      if (current === null) return;
      dismissed.add(name(current));
      change(null);
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

/** True once the account an action failed for has been signed in to again since then. */
export function useSignedInSince(
  requests: SignInRequests,
  failed: (SignedOut & { since: number }) | null,
): boolean {
  return useSyncExternalStore(
    requests.subscribe,
    () => failed !== null && requests.completed(failed) > failed.since,
  );
}
