import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { CommandError } from "./bindings/CommandError";
import type { WriteCommand } from "./call";
import {
  mayHaveHappened,
  missingAccount,
  renewedSignIn,
  type SignedOut,
  signedOut,
  toCommandError,
} from "./errors";
import { invalidate } from "./invalidate";
import type { Reachability } from "./reachability";
import type { SignInRequests } from "./signInRequests";

/** Why a write was not done although it can be now or later: the account that stopped it, and how often it had been signed in to by then. */
export type Stopped = SignedOut & { since: number };

/** What became of a write that was sent. */
export type Sent<Response> =
  | { done: true; answer: Response }
  | { done: false; error: CommandError; stopped: Stopped | null };

/** Every write of the window goes through here: sent once, what it changes read again, what stops it told in one way. */
export type Writes = {
  send: <Request, Response>(
    command: WriteCommand<Request, Response>,
    request: Request,
  ) => Promise<Sent<Response>>;
  /** What an error means for whoever asked: the missing sign-in is asked for, and what it stopped can be offered again. */
  failed: (error: CommandError) => Stopped | null;
  offeredAgain: (stopped: Stopped | null) => boolean;
  /** How many have no answer yet; asking to close the window is none of them. */
  pending: () => number;
  subscribe: (listener: () => void) => () => void;
};

/** Fewer than any number of sign-ins: what waits for one since then has had it. */
const BEFORE_ALL = -1;
const CLOSES = "close_window";

export function createWrites(
  queryClient: QueryClient,
  requests: SignInRequests,
  reachability: Reachability,
): Writes {
  const listeners = new Set<() => void>();
  let pending = 0;
  const count = (by: 1 | -1) => {
    pending += by;
    for (const listener of listeners) listener();
  };
  const failed = (error: CommandError): Stopped | null => {
    const renewed = renewedSignIn(error);
    if (renewed !== null) {
      void invalidate(queryClient, ["app"]);
      return { ...renewed, since: BEFORE_ALL };
    }
    const ended = signedOut(error);
    const needed = ended ?? missingAccount(error);
    const stopped = needed === null ? null : { ...needed, since: requests.completed(needed) };
    if (ended !== null) requests.ask(ended, "person");
    return stopped;
  };
  const run = async <Request, Response>(command: WriteCommand<Request, Response>, request: Request) => {
    if (command.name === CLOSES) return await command.run(request);
    count(1);
    try {
      return await command.run(request);
    } finally {
      count(-1);
    }
  };

  return {
    send: async (command, request) => {
      const others = command.tags.filter((tag) => tag !== "app");
      const own = command.tags.filter((tag) => tag === "app");
      try {
        const answer = await run(command, request);
        void invalidate(queryClient, others);
        // A finished write is never ahead of the application's own state: the next screen already needs it.
        await invalidate(queryClient, own);
        return { done: true, answer };
      } catch (thrown) {
        const error = toCommandError(thrown);
        const stopped = failed(error);
        reachability.failed(request, error);
        if (mayHaveHappened(error.code)) void invalidate(queryClient, others);
        // A refused one may have changed part of it: what is shown is what the core has, not what was wished.
        void invalidate(queryClient, own);
        return { done: false, error, stopped };
      }
    },
    failed,
    offeredAgain: (stopped) => stopped !== null && requests.completed(stopped) > stopped.since,
    pending: () => pending,
    subscribe: (listener) => {
      listeners.add(listener);
      const unsubscribe = requests.subscribe(listener);
      return () => {
        unsubscribe();
        listeners.delete(listener);
      };
    },
  };
}

/** True once the account that stopped a write was signed in to: offer it again, never send it. */
export function useOfferedAgain(writes: Writes, stopped: Stopped | null): boolean {
  return useSyncExternalStore(writes.subscribe, () => writes.offeredAgain(stopped));
}

export function usePendingWrites(writes: Writes): number {
  return useSyncExternalStore(writes.subscribe, writes.pending);
}
