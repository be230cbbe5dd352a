import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { CommandError } from "./bindings/CommandError";
import { useWrites } from "./CoreProvider";
import type { WriteCommand } from "./call";
import type { Writes } from "./writes";

type State = { pending: boolean; saved: boolean; error: CommandError | null };
type Queue<Whole> = {
  latest: Whole;
  going: Whole | null;
  waiting: Partial<Whole> | null;
  /** What became of the last change, by who asked for it: an outcome is told once, where it was asked for. */
  states: Map<symbol, State>;
  /** Who asked for what waits. */
  askers: Set<symbol>;
  listeners: Set<() => void>;
};

const IDLE: State = { pending: false, saved: false, error: null };
/** One queue per window and document, whoever changes it: two that know nothing of each other would overwrite each other. */
const queues = new WeakMap<Writes, Map<string, Queue<never>>>();

function queueOf<Whole>(writes: Writes, name: string, current: Whole): Queue<Whole> {
  const named = queues.get(writes) ?? new Map<string, Queue<never>>();
  queues.set(writes, named);
  const known = named.get(name) as Queue<Whole> | undefined;
  if (known !== undefined) return known;
  const made: Queue<Whole> = {
    ...{ latest: current, going: null, waiting: null },
    ...{ states: new Map(), askers: new Set(), listeners: new Set() },
  };
  named.set(name, made as unknown as Queue<never>);
  return made;
}

type Document<Whole, Response> = {
  name: string;
  command: WriteCommand<Whole, Response>;
  current: Whole;
  /** The document as the core answered it. */
  read: (answer: Response) => Whole;
};

/**
 * A document that is saved as a whole while single parts of it change: what is changed while a save is on its way waits
 * for it instead of getting lost.
 */
export function useSavedWhole<Whole extends object, Response>(document: Document<Whole, Response>) {
  const { name, command, current, read } = document;
  const writes = useWrites();
  const queue = queueOf(writes, name, current);
  const subscribe = useCallback(
    (listener: () => void) => {
      queue.listeners.add(listener);
      return () => queue.listeners.delete(listener);
    },
    [queue],
  );
  const [me] = useState(() => Symbol(name));
  const state = useSyncExternalStore(subscribe, () => queue.states.get(me) ?? IDLE);
  useEffect(() => {
    queue.latest = current;
  }, [queue, current]);
  useEffect(() => () => void queue.states.delete(me), [queue, me]);

  const tell = (askers: Iterable<symbol>, next: State) => {
    for (const asker of askers) queue.states.set(asker, next);
    for (const listener of queue.listeners) listener();
  };
  const change = async (changed: Partial<Whole>) => {
    queue.waiting = { ...queue.waiting, ...changed } as Partial<Whole>;
    queue.askers.add(me);
    // What one save was refused stays told while what the same asker changed since goes through.
    const before = queue.states.get(me) ?? IDLE;
    tell([me], { pending: true, saved: false, error: before.pending ? before.error : null });
    if (queue.going !== null) return;
    const errors = new Map<symbol, CommandError>();
    while (queue.waiting !== null) {
      const next: Whole = { ...queue.latest, ...queue.waiting };
      const askers = queue.askers;
      queue.waiting = null;
      queue.askers = new Set();
      queue.going = next;
      const sent = await writes.send(command, next);
      if (sent.done) queue.latest = read(sent.answer);
      else for (const asker of askers) errors.set(asker, sent.error);
      for (const asker of askers) {
        const error = errors.get(asker) ?? null;
        tell([asker], { pending: queue.askers.has(asker), saved: error === null, error });
      }
    }
    queue.going = null;
  };
  return {
    ...state,
    /** The document as it will be once everything is saved. */
    soon: (): Whole => ({ ...(queue.going ?? queue.latest), ...queue.waiting }),
    change: (changed: Partial<Whole>) => void change(changed),
  };
}
