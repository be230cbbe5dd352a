import { act, cleanup, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { beginHearing } from "../core/events";
import { createFakeCore } from "../dev/fakeCore";
import { openWindow, requests } from "../testing/window";
import { askForFirstSight } from "./opening";
import { show } from "./show";

test("what is remembered is drawn at once, and nobody is asked before that is painted", async () => {
  const core = createFakeCore();
  openWindow({ core });
  await screen.findByRole("row", { name: "Flat 1" });
  cleanup();
  core.calls.length = 0;
  document.body.innerHTML = '<div id="root"></div>';
  const frames: FrameRequestCallback[] = [];
  vi.spyOn(window, "requestAnimationFrame").mockImplementation((frame) => frames.push(frame));
  const paint = () =>
    act(() => {
      for (const frame of frames.splice(0)) frame(0);
    });
  window.location.hash = "";
  beginHearing();
  const root = await act(() => show(askForFirstSight()));
  expect(screen.getByRole("row", { name: "Flat 1" })).toBeInTheDocument();
  expect(core.calls.map(({ name }) => name)).toEqual(["first_sight"]);
  paint();
  paint();
  await waitFor(() => expect(requests(core, "load_flats")).toHaveLength(1));
  await waitFor(() => expect(requests(core, "load_intercoms")).toHaveLength(1));
  act(() => root.unmount());
});
