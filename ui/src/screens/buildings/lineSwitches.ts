import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { switchLine } from "../../core/bindings/commands";
import type { FlatTarget } from "../../core/bindings/FlatTarget";
import type { LineName } from "../../core/bindings/LineName";
import type { LineState } from "../../core/bindings/LineState";
import type { LineStateName } from "../../core/bindings/LineStateName";
import type { LineSwitched } from "../../core/bindings/LineSwitched";
import { useWrites } from "../../core/CoreProvider";
import { mayHaveHappened } from "../../core/errors";
import { invalidate } from "../../core/invalidate";
import type { Stopped, Writes } from "../../core/writes";

export const LINES = ["analog", "smartphone", "landline"] as const satisfies readonly LineName[];

/** One line of one flat, and what a person wants of it. */
export type LineWish = {
  server: string;
  intercom: number;
  /** The intercom's title, to tell the flat apart from its namesakes elsewhere. */
  place: string | null;
  flat: FlatTarget;
  line: LineName;
  on: boolean;
  /** What was known of it: where undo leads. */
  before: LineStateName;
};

/** A switch that was asked for, and what became of it. Kept until the person has dealt with it. */
export type LineSwitch = LineWish & {
  key: string;
  askedAt: string;
  endedAt: string | null;
  answer: LineSwitched | null;
  error: CommandError | null;
  stopped: Stopped | null;
};

export type SwitchState = "pending" | "done" | "differs" | "lost" | "stopped" | "failed";

export function switchState({ endedAt, answer, error, stopped }: LineSwitch): SwitchState {
  if (endedAt === null) return "pending";
  if (answer !== null) return answer.asAsked && answer.alsoChanged.length === 0 ? "done" : "differs";
  if (error !== null && mayHaveHappened(error.code)) return "lost";
  return stopped === null ? "failed" : "stopped";
}

/** Definite refusals that may not be the last word: a right may be given, a form be accepted later. */
const RECONSIDERED: readonly string[] = ["forbidden", "invalid", "refused"];

/** Whether the same can be asked again at once: it was not done for certain, and nothing else has to be done first. */
export function canRetry({ error, ...one }: LineSwitch): boolean {
  if (error === null || switchState({ error, ...one }) !== "failed") return false;
  return error.retryable || RECONSIDERED.includes(error.code);
}

/** Whether it can be taken back: it was done, and what was before is known. */
export function canUndo(one: LineSwitch): boolean {
  return switchState(one) === "done" && one.before === (one.on ? "off" : "on");
}

/** Milliseconds after its answer in which a done switch is news. */
const NEWS = 60_000;

export function isNews({ endedAt }: LineSwitch, now: number): boolean {
  return endedAt !== null && now - Date.parse(endedAt) <= NEWS;
}

/** The switch of a server that was asked for last: the only one a key may take back. */
export function latestOf(all: readonly LineSwitch[], server: string): LineSwitch | undefined {
  return all
    .filter((one) => one.server === server)
    .reduce<LineSwitch | undefined>(
      (latest, one) => (latest === undefined || one.askedAt > latest.askedAt ? one : latest),
      undefined,
    );
}

/** Nobody knows what a line is after a lost answer, or one about another flat, until a later look tells. */
export function shownState(known: LineState, one: LineSwitch | undefined): LineState {
  if (one === undefined || one.endedAt === null) return known;
  const isOpen = switchState(one) === "lost" || (one.answer !== null && one.answer.wrongFlat !== null);
  if (isOpen) {
    const lookedSince = known.confirmedAt !== null && known.confirmedAt >= one.endedAt;
    return lookedSince ? known : { state: "unknown", confirmedAt: null };
  }
  const answered = one.answer?.lines[one.line];
  if (answered?.confirmedAt == null) return known;
  return known.confirmedAt === null || answered.confirmedAt > known.confirmedAt ? answered : known;
}

export function lineKey({
  server,
  intercom,
  flat,
  line,
}: Pick<LineWish, "server" | "intercom" | "flat" | "line">) {
  return [server, intercom, flat.id ?? `door ${flat.number}`, line].join(" ");
}

/** Finished switches kept for their undo; the oldest give way. */
const KEPT_DONE = 20;

type Store = {
  all: () => readonly LineSwitch[];
  subscribe: (listener: () => void) => () => void;
  put: (one: LineSwitch) => void;
  drop: (key: string) => void;
};

/** One store per window, so that an outcome outlives the screen it was asked on. */
const stores = new WeakMap<QueryClient, Store>();

function storeOf(client: QueryClient): Store {
  const known = stores.get(client);
  if (known !== undefined) return known;
  const made = createStore();
  stores.set(client, made);
  return made;
}

function createStore(): Store {
  const listeners = new Set<() => void>();
  let all: readonly LineSwitch[] = [];
  const change = (next: readonly LineSwitch[]) => {
    all = next;
    for (const listener of listeners) listener();
  };
  return {
    all: () => all,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put: (one) => {
      const others = all.filter((each) => each.key !== one.key);
      let done = 0;
      change([one, ...others].filter((each) => switchState(each) !== "done" || ++done <= KEPT_DONE));
    },
    drop: (key) => change(all.filter((each) => each.key !== key)),
  };
}

export type LineSwitches = {
  all: readonly LineSwitch[];
  of: (key: string) => LineSwitch | undefined;
  /** Sends once. A line that is being switched is not asked a second time. */
  ask: (wish: LineWish) => void;
  undo: (one: LineSwitch) => void;
  dismiss: (one: LineSwitch) => void;
  /** Reads again what the screens show of flats. */
  lookAgain: () => void;
};

export function useLineSwitches(): LineSwitches {
  const client = useQueryClient();
  const writes = useWrites();
  const store = storeOf(client);
  const all = useSyncExternalStore(store.subscribe, store.all);
  return useMemo(() => {
    const of = (key: string) => all.find((one) => one.key === key);
    const ask = (wish: LineWish) => void send(wish, store, writes);
    return {
      all,
      of,
      ask,
      undo: (one) => ask({ ...one, on: !one.on, before: one.on ? "on" : "off" }),
      dismiss: (one) => store.drop(one.key),
      lookAgain: () => void invalidate(client, ["flat_lists", "flats"]),
    };
  }, [all, store, client, writes]);
}

async function send(wish: LineWish, store: Store, writes: Writes) {
  const { server, intercom, place, flat, line, on, before } = wish;
  const key = lineKey(wish);
  const under = store.all().find((one) => one.key === key);
  if (under !== undefined && under.endedAt === null) return;
  const one: LineSwitch = {
    ...{ key, server, intercom, place, flat, line, on, before },
    ...{ askedAt: new Date().toISOString(), endedAt: null, answer: null, error: null, stopped: null },
  };
  store.put(one);
  const sent = await writes.send(switchLine, { server, intercom, flat, line, on });
  const endedAt = new Date().toISOString();
  store.put({
    ...one,
    endedAt,
    ...(sent.done ? { answer: sent.answer } : { error: sent.error, stopped: sent.stopped }),
  });
}
