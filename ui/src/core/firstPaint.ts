import { useSyncExternalStore } from "react";

/** The longest time anything waits for a paint, in milliseconds: a window that is not in sight is not painted at all. */
const LONGEST = 1_000;

let held: { promise: Promise<void>; release: () => void } | null = null;
const listeners = new Set<() => void>();

/** From now on what nobody sees yet waits until the window was painted for the first time. */
export function holdBack(): void {
  let release = () => {};
  const promise = new Promise<void>((done) => {
    release = () => {
      held = null;
      for (const listener of listeners) listener();
      done();
    };
  });
  held = { promise, release };
}

/** The window stands in the page: what waits goes on once that is painted. */
export function releaseOncePainted(): void {
  if (held === null) return;
  const { release } = held;
  // A frame's callbacks come before its painting: only the next frame begins when it is done.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(release)));
  setTimeout(release, LONGEST);
}

/** Resolves once the window was painted for the first time; at once where nothing was held back. */
export async function painted(): Promise<void> {
  await held?.promise;
}

/** False while what nobody sees yet is held back. */
export function useIsReleased(): boolean {
  return useSyncExternalStore(subscribe, isReleased);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const isReleased = () => held === null;
