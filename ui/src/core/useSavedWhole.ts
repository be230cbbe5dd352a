import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { CommandError } from "./bindings/CommandError";
import { useWrites } from "./CoreProvider";
import type { WriteCommand } from "./call";
import type { Writes } from "./writes";

type State = { pending: boolean; saved: boolean; error: CommandError | null };
type Queue<Whole> = {
  latest: Whole;
  going: Whole | null;
  waiting: Partial<Whole> | null;
  state: State;
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
    ...{ state: IDLE, listeners: new Set() },
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
  const state = useSyncExternalStore(subscribe, () => queue.state);
  useEffect(() => {
    queue.latest = current;
  }, [queue, current]);

  const tell = (next: State) => {
    queue.state = next;
    for (const listener of queue.listeners) listener();
  };
  const change = async (changed: Partial<Whole>) => {
    queue.waiting = { ...queue.waiting, ...changed } as Partial<Whole>;
    if (queue.going !== null) return;
    // What one save was refused stays told while the next one goes through.
    let error: CommandError | null = null;
    while (queue.waiting !== null) {
      const next: Whole = { ...queue.latest, ...queue.waiting };
      queue.waiting = null;
      queue.going = next;
      tell({ pending: true, saved: false, error });
      const sent = await writes.send(command, next);
      if (sent.done) queue.latest = read(sent.answer);
      else error = sent.error;
    }
    queue.going = null;
    tell({ pending: false, saved: error === null, error });
  };
  return {
    ...state,
    /** The document as it will be once everything is saved. */
    soon: (): Whole => ({ ...(queue.going ?? queue.latest), ...queue.waiting }),
    change: (changed: Partial<Whole>) => void change(changed),
  };
}
