import { useCallback, useRef, useState } from "react";
import type { CommandError } from "./bindings/CommandError";
import { useWrites } from "./CoreProvider";
import type { WriteCommand } from "./call";
import { type Stopped, useOfferedAgain } from "./writes";

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
  stopped: Stopped | null;
};

const NOTHING = { pending: false, done: false, answer: null, error: null, stopped: null };

/**
 * One write through the core. The request is not kept anywhere: it may carry a password, and a cache of mutations
 * would remember it.
 */
export function useWrite<Request, Response>(
  command: WriteCommand<Request, Response>,
): Write<Request, Response> {
  const writes = useWrites();
  const [outcome, setOutcome] = useState<Outcome<Response>>(NOTHING);
  const running = useRef(false);

  const run = useCallback(
    async (request: Request): Promise<Ran<Response>> => {
      if (running.current) return { done: false, error: null };
      running.current = true;
      setOutcome({ ...NOTHING, pending: true });
      const sent = await writes.send(command, request);
      running.current = false;
      setOutcome(
        sent.done
          ? { ...NOTHING, done: true, answer: sent.answer }
          : { ...NOTHING, error: sent.error, stopped: sent.stopped },
      );
      return sent;
    },
    [command, writes],
  );
  const reset = useCallback(() => setOutcome(NOTHING), []);
  const offeredAgain = useOfferedAgain(writes, outcome.stopped);

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
