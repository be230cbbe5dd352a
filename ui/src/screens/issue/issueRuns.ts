import { useEffect, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { issueCode } from "../../core/bindings/commands";
import type { IssueCode } from "../../core/bindings/IssueCode";
import type { IssuedCode } from "../../core/bindings/IssuedCode";
import type { Until } from "../../core/bindings/Until";
import { useWrites } from "../../core/CoreProvider";
import { mayHaveHappened } from "../../core/errors";
import type { Stopped } from "../../core/writes";
import { windowState } from "../../parts/windowState";
import type { Draft } from "./drafts";

export type IssueTarget = Pick<IssueCode, "server" | "intercom" | "flat">;

/** A code that was asked for, kept until its outcome was seen, whatever the person looks at meanwhile. */
export type IssueRun = {
  key: string;
  target: IssueTarget;
  /** What was typed, as it was typed. */
  typed: Draft;
  /** What it was to be called. */
  title: string;
  /** When it was to end, in milliseconds. */
  sentEnd: number | null;
  /** When it was asked for, in milliseconds. */
  sentAt: number;
  pending: boolean;
  answer: IssuedCode | null;
  error: CommandError | null;
  stopped: Stopped | null;
};

export type RunState = "pending" | "issued" | "unknown" | "stopped" | "refused";

export function runState({ pending, answer, error, stopped }: IssueRun): RunState {
  if (pending) return "pending";
  if (answer !== null) return "issued";
  if (error !== null && mayHaveHappened(error.code)) return "unknown";
  return stopped === null ? "refused" : "stopped";
}

export function runKey({ server, intercom, flat }: IssueTarget): string {
  return [server, intercom, flat?.id ?? "own"].join(" ");
}

type Kept = { runs: readonly IssueRun[]; open: readonly string[] };
const useKept = windowState<Kept>({ runs: [], open: [] });

/** One code for one flat at a time: the run of a target, and the way to start it. */
export function useIssueRun(target: IssueTarget) {
  const writes = useWrites();
  const [kept, keep] = useKept();
  const key = runKey(target);
  const run = kept.runs.find((one) => one.key === key) ?? null;

  const start = async (request: { typed: Draft; title: string; until: Until; sentEnd: number | null }) => {
    const { typed, title, until, sentEnd } = request;
    const one: IssueRun = {
      ...{ key, target, typed, title, sentEnd, sentAt: Date.now() },
      ...{ pending: true, answer: null, error: null, stopped: null },
    };
    let isRunning = false;
    keep((before) => {
      isRunning = before.runs.some((each) => each.key === key && each.pending);
      const others = before.runs.filter((each) => each.key !== key);
      return isRunning ? before : { ...before, runs: [one, ...others] };
    });
    if (isRunning) return;
    const sent = await writes.send(issueCode, { ...target, title, until });
    const end = sent.done ? { answer: sent.answer } : { error: sent.error, stopped: sent.stopped };
    keep((before) => ({
      ...before,
      runs: before.runs.map((each) => (each.key === key ? { ...one, ...end, pending: false } : each)),
    }));
  };
  return { run, start, drop: () => keep((before) => without(before, key)) };
}

function without(kept: Kept, key: string): Kept {
  return { ...kept, runs: kept.runs.filter((run) => run.key !== key) };
}

/** A form tells that it shows the run of its target. What it has shown the end of is dealt with when it closes. */
export function useShownRun(key: string) {
  const keep = useKept.useChange();
  useEffect(() => {
    keep((before) => ({ ...before, open: [...before.open, key] }));
    return () => {
      keep((before) => {
        const at = before.open.indexOf(key);
        return { ...before, open: before.open.filter((_, index) => index !== at) };
      });
      // A form that is only being put elsewhere is open again by then.
      setTimeout(() =>
        keep((before) => {
          const isOver = before.runs.some((run) => run.key === key && !run.pending);
          return isOver && !before.open.includes(key) ? without(before, key) : before;
        }),
      );
    };
  }, [key, keep]);
}

/** The codes of a server whose outcome nobody has seen, as no open form shows them. */
export function useIssueRuns(server: string) {
  const [kept, keep] = useKept();
  return {
    runs: kept.runs.filter((run) => run.target.server === server && !kept.open.includes(run.key)),
    drop: (run: IssueRun) => keep((before) => without(before, run.key)),
  };
}

/** Whether a code for this target is on its way or its outcome waits to be seen, when first asked. */
export function useHadRun(target: IssueTarget): boolean {
  const [kept] = useKept();
  const [had] = useState(() => kept.runs.some((run) => run.key === runKey(target)));
  return had;
}
