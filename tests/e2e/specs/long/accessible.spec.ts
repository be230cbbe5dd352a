// What `specs/accessible.spec.ts` looks at, in the other colours and in the smallest window.

import { describe, expect, test } from "vitest";
import { inWorld } from "../../world/inWorld";
import { forTheTour, tour } from "../../world/tour";

describe.each([
  ["dark", 1280, 800],
  ["light", 1024, 640],
] as const)("axe, %s at %i×%i", (theme, width, height) => {
  const here = inWorld({ ...forTheTour, theme });

  test("finds nothing on any screen", { timeout: 240_000 }, async () => {
    await here.app.resize(width, height);
    const found: string[] = [];
    await tour(here, async (name) => {
      found.push(...(await here.app.accessibilityProblems()).map((problem) => `${name}: ${problem}`));
    });
    expect(found).toEqual([]);
  });
});
