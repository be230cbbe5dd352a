import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { CommandError } from "./bindings/CommandError";
import { useSignInRequests } from "./CoreProvider";
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
import { useSignedInSince } from "./signInRequests";

/** What became of a write; no error where one was already running and nothing was sent. */
export type Ran<Response> = { done: true; answer: Response } | { done: false; error: CommandError | null };

export type Write<Request, Response> = {
  pending: boolean;
  /** The answer; null also for a command that answers nothing, so ask `done`. */
  answer: Response | null;
  done: boolean;
  error: CommandError | null;
  /** The write was stopped by an ended or missing sign-in and the person has signed in since: offer it again, never send it. */
  offeredAgain: boolean;
  /** Sends once. Resolves with whether it was done and the answer; `error` then says why not. */
  run: (request: Request) => Promise<Ran<Response>>;
  reset: () => void;
};

type Outcome<Response> = {
  pending: boolean;
  done: boolean;
  answer: Response | null;
  error: CommandError | null;
  stopped: (SignedOut & { since: number }) | null;
};

/** Fewer than any number of sign-ins: what waits for one since then has had it. */
const BEFORE_ALL = -1;

const NOTHING = { pending: false, done: false, answer: null, error: null, stopped: null };

/**
 * One write through the core. The request is not kept anywhere: it may carry a password, and a cache of mutations
 * would remember it.
 */
export function useWrite<Request, Response>(
  command: WriteCommand<Request, Response>,
): Write<Request, Response> {
  const queryClient = useQueryClient();
  const requests = useSignInRequests();
  const [outcome, setOutcome] = useState<Outcome<Response>>(NOTHING);
  const running = useRef(false);

  const run = useCallback(
    async (request: Request): Promise<Ran<Response>> => {
      if (running.current) return { done: false, error: null };
      running.current = true;
      setOutcome({ ...NOTHING, pending: true });
      // A finished write is never ahead of the application's own state: the next screen already needs it.
      const refresh = async () => {
        void invalidate(
          queryClient,
          command.tags.filter((tag) => tag !== "app"),
        );
        await invalidate(
          queryClient,
          command.tags.filter((tag) => tag === "app"),
        );
      };
      try {
        const answer = await command.run(request);
        await refresh();
        setOutcome({ ...NOTHING, done: true, answer });
        return { done: true, answer };
      } catch (thrown) {
        const error = toCommandError(thrown);
        const account = signedOut(error);
        const needed = account ?? missingAccount(error);
        const renewed = renewedSignIn(error);
        const stopped =
          renewed !== null
            ? { ...renewed, since: BEFORE_ALL }
            : needed === null
              ? null
              : { ...needed, since: requests.completed(needed) };
        setOutcome({ ...NOTHING, error, stopped });
        if (account !== null) requests.ask(account, "person");
        if (renewed !== null) void invalidate(queryClient, ["app"]);
        if (mayHaveHappened(error.code)) void refresh();
        return { done: false, error };
      } finally {
        running.current = false;
      }
    },
    [command, queryClient, requests],
  );
  const reset = useCallback(() => setOutcome(NOTHING), []);
  const offeredAgain = useSignedInSince(requests, outcome.stopped);

  return {
    pending: outcome.pending,
    answer: outcome.answer,
    done: outcome.done,
    error: offeredAgain ? null : outcome.error,
    offeredAgain,
    run,
    reset,
  };
}
