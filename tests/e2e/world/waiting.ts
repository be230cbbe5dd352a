// Waiting for conditions. Nothing in the end-to-end tests waits for a time to pass.

const pollMilliseconds = 40;

/** How long a condition is waited for, in milliseconds, when the caller names no other time. */
export const patience = 15_000;

/**
 * Asks `check` until it answers something other than `undefined` or `false`, and returns that. An error it throws counts as
 * "not yet"; the last one is told when the deadline passes.
 */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  milliseconds = patience,
): Promise<T> {
  const deadline = performance.now() + milliseconds;
  let last: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${milliseconds} ms in vain for: ${what}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

/** What comes of something, or an error where that takes longer. */
export async function inTime<T>(what: string, promise: Promise<T>, milliseconds = patience): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Waited ${milliseconds} ms in vain for: ${what}`)),
      milliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Thrown inside a condition that can never come true any more: ends the waiting at once. */
export class Hopeless extends Error {}
