import { useSyncExternalStore } from "react";

/** Milliseconds between two looks at the clock: fine enough for minutes, coarse enough to cost nothing. */
const TICK = 5_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function current(): number {
  const read = Date.now();
  if (Math.abs(read - now) >= TICK) now = read;
  return now;
}

/** The current instant in milliseconds, ticking. One timer serves the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
