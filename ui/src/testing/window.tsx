import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../app/App";
import { askForFirstSight } from "../app/opening";
import { wayIn } from "../app/wayIn";
import { createCore } from "../core/CoreProvider";
import { beginHearing } from "../core/events";
import { readLater } from "../core/later";
import { createFakeCore, type FakeCore } from "../dev/fakeCore";

// As it is soon after a start: no test waits for scripts to be read.
await readLater();

/** The whole window over a core of the test's own, at an address inside it. */
export function openWindow(options: { core?: FakeCore; at?: string } = {}) {
  const core = options.core ?? createFakeCore();
  Object.assign(window, core.internals);
  window.location.hash = options.at ?? "";
  document.title = "Gatehouse";
  beginHearing();
  const held = createCore();
  render(<App core={held} way={wayIn(held.queryClient, askForFirstSight())} known={null} />);
  return { core, user: userEvent.setup() };
}

/** What the core was asked by one command, in order. */
export function requests(core: FakeCore, name: string): unknown[] {
  return core.calls.filter((call) => call.name === name).map((call) => call.request);
}

/** A promise and the means to settle it: for looking at what is shown meanwhile. */
export function later(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
