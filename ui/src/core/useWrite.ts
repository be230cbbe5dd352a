import { type Query, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { CommandError } from "./bindings/CommandError";
import type { Tag } from "./bindings/Tag";
import { useSignInRequests } from "./CoreProvider";
import type { WriteCommand } from "./call";
import { mayHaveHappened, type SignedOut, signedOut, toCommandError } from "./errors";
import { useSignedInSince } from "./signInRequests";

export type Write<Request, Response> = {
  pending: boolean;
  /** The answer; null also for a command that answers nothing, so ask `done`. */
  answer: Response | null;
  done: boolean;
  error: CommandError | null;
  /** The write was stopped by an ended sign-in and the person has signed in since: offer it again, never send it. */
  offeredAgain: boolean;
  /** Sends once. Resolves with whether it was done and the answer; `error` then says why not. */
  run: (request: Request) => Promise<{ done: true; answer: Response } | { done: false }>;
  reset: () => void;
};

type Outcome<Response> = {
  pending: boolean;
  done: boolean;
  answer: Response | null;
  error: CommandError | null;
  stopped: (SignedOut & { since: number }) | null;
};

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
    async (request: Request): ReturnType<Write<Request, Response>["run"]> => {
      if (running.current) return { done: false };
      running.current = true;
      setOutcome({ ...NOTHING, pending: true });
      // A finished write is never ahead of the application's own state: the next screen already needs it.
      const refresh = async () => {
        const stale = (of: (tag: Tag) => boolean) => ({
          predicate: (query: Query) => command.tags.some((tag) => of(tag) && query.meta?.tags.includes(tag)),
        });
        void queryClient.invalidateQueries(stale((tag) => tag !== "app"));
        await queryClient.invalidateQueries(stale((tag) => tag === "app"));
      };
      try {
        const answer = await command.run(request);
        await refresh();
        setOutcome({ ...NOTHING, done: true, answer });
        return { done: true, answer };
      } catch (thrown) {
        const error = toCommandError(thrown);
        const account = signedOut(error);
        const stopped = account === null ? null : { ...account, since: requests.completed(account) };
        setOutcome({ ...NOTHING, error, stopped });
        if (account !== null) requests.ask(account, "person");
        if (mayHaveHappened(error.code)) void refresh();
        return { done: false };
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
