import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { switchLine } from "../../core/bindings/commands";
import type { FlatTarget } from "../../core/bindings/FlatTarget";
import type { LineName } from "../../core/bindings/LineName";
import type { LineState } from "../../core/bindings/LineState";
import type { LineStateName } from "../../core/bindings/LineStateName";
import type { LineSwitched } from "../../core/bindings/LineSwitched";
import { useSignInRequests } from "../../core/CoreProvider";
import {
  mayHaveHappened,
  missingAccount,
  renewedSignIn,
  type SignedOut,
  signedOut,
  toCommandError,
} from "../../core/errors";
import { invalidate } from "../../core/invalidate";
import type { SignInRequests } from "../../core/signInRequests";

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
  /** The account whose ended or missing sign-in stopped this, and how often it had been signed in to by then. */
  stopped: (SignedOut & { since: number }) | null;
};

export type SwitchState = "pending" | "done" | "differs" | "lost" | "stopped" | "failed";

export function switchState({ endedAt, answer, error, stopped }: LineSwitch): SwitchState {
  if (endedAt === null) return "pending";
  if (answer !== null) return answer.asAsked && answer.alsoChanged.length === 0 ? "done" : "differs";
  if (error !== null && mayHaveHappened(error.code)) return "lost";
  return stopped === null ? "failed" : "stopped";
}

/** Whether one key can take it back: it was done, and what was before is known. */
export function canUndo(one: LineSwitch): boolean {
  return switchState(one) === "done" && one.before === (one.on ? "off" : "on");
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

/** Fewer than any number of sign-ins: what waits for one since then has had it. */
const BEFORE_ALL = -1;
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
  const requests = useSignInRequests();
  const store = storeOf(client);
  const all = useSyncExternalStore(store.subscribe, store.all);
  return useMemo(() => {
    const of = (key: string) => all.find((one) => one.key === key);
    const ask = (wish: LineWish) => void send(wish, store, client, requests);
    return {
      all,
      of,
      ask,
      undo: (one) => ask({ ...one, on: !one.on, before: one.on ? "on" : "off" }),
      dismiss: (one) => store.drop(one.key),
      lookAgain: () => void invalidate(client, ["flat_lists", "flats"]),
    };
  }, [all, store, client, requests]);
}

async function send(wish: LineWish, store: Store, client: QueryClient, requests: SignInRequests) {
  const { server, intercom, place, flat, line, on, before } = wish;
  const key = lineKey(wish);
  const under = store.all().find((one) => one.key === key);
  if (under !== undefined && under.endedAt === null) return;
  const one: LineSwitch = {
    ...{ key, server, intercom, place, flat, line, on, before },
    ...{ askedAt: new Date().toISOString(), endedAt: null, answer: null, error: null, stopped: null },
  };
  store.put(one);
  const end = (more: Partial<LineSwitch>) =>
    store.put({ ...one, endedAt: new Date().toISOString(), ...more });
  try {
    const answer = await switchLine.run({ server, intercom, flat, line, on });
    end({ answer });
    void invalidate(client, switchLine.tags);
  } catch (thrown) {
    const error = toCommandError(thrown);
    const account = signedOut(error);
    const needed = account ?? missingAccount(error);
    const renewed = renewedSignIn(error);
    const waiting = needed === null ? null : { ...needed, since: requests.completed(needed) };
    end({ error, stopped: renewed === null ? waiting : { ...renewed, since: BEFORE_ALL } });
    if (account !== null) requests.ask(account, "person");
    if (renewed !== null) void invalidate(client, ["app"]);
    if (mayHaveHappened(error.code)) void invalidate(client, switchLine.tags);
  }
}
