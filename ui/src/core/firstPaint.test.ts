import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdBack, painted, releaseOncePainted } from "./firstPaint";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

/** Whether what waits for the paint has gone on. */
function waiting(): { isOver: boolean } {
  const state = { isOver: false };
  void painted().then(() => {
    state.isOver = true;
  });
  return state;
}

test("where nothing is held back nothing waits", async () => {
  const one = waiting();
  await Promise.resolve();
  await Promise.resolve();
  expect(one.isOver).toBe(true);
});

test("what is held back goes on once a whole frame has passed", async () => {
  holdBack();
  const one = waiting();
  releaseOncePainted();
  vi.advanceTimersToNextFrame();
  await Promise.resolve();
  expect(one.isOver).toBe(false);
  vi.advanceTimersToNextFrame();
  await vi.advanceTimersByTimeAsync(1);
  expect(one.isOver).toBe(true);
});

test("a window that is never painted holds nothing back for long", async () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  holdBack();
  const one = waiting();
  releaseOncePainted();
  await vi.advanceTimersByTimeAsync(900);
  expect(one.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(one.isOver).toBe(true);
  vi.unstubAllGlobals();
});
