// Every screen and every main state as axe sees it in the real window.

import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { forTheTour, tour } from "../world/tour";

const here = inWorld(forTheTour);

test("axe finds nothing on any screen, in light at 1280×800", { timeout: 240_000 }, async () => {
  await here.app.resize(1280, 800);
  const found: string[] = [];
  await tour(here, async (name) => {
    found.push(...(await here.app.accessibilityProblems()).map((problem) => `${name}: ${problem}`));
  });
  expect(found).toEqual([]);
});
