// The time by which keys are pressed in tests: a person's, though the test types as fast as it can.

/** Milliseconds between two keys of a person here. */
const PACE = 150;

let clock = 0;

/** The time of the next key, so many milliseconds after the one before. */
export function keyPressed(after: number = PACE): number {
  clock = Math.max(clock + after, performance.now());
  return clock;
}

/** The same of a reader, which keeps its pace however long this computer takes for each key. */
export function keySent(after: number): number {
  clock += after;
  return clock;
}

/** Gives every key that is pressed a time of its own, the first time somebody asks for it. */
export function pressAsPerson() {
  const times = new WeakMap<Event, number>();
  Object.defineProperty(KeyboardEvent.prototype, "timeStamp", {
    configurable: true,
    get(this: KeyboardEvent) {
      const at = times.get(this) ?? keyPressed();
      times.set(this, at);
      return at;
    },
  });
}
