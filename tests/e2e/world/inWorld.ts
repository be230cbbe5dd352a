// A world around the tests of a block, opened before the first and closed after the last.

import { afterAll, afterEach, beforeAll } from "vitest";
import type { App, AppOptions } from "./app";
import { Person } from "./person";
import { World, type WorldOptions } from "./world";

/** What the tests of a block have at hand. */
export type Here = { readonly world: World; readonly app: App; readonly person: Person };

/** Opens a world with the program in it for all tests of the surrounding block. */
export function inWorld({ app, ...options }: WorldOptions & { app?: AppOptions } = {}): Here {
  let here: { world: World; person: Person } | null = null;
  const present = () => {
    if (!here) throw new Error("The world is not open.");
    return here;
  };

  beforeAll(async () => {
    const world = await World.open(options);
    here = { world, person: new Person(world, options.language) };
    try {
      await world.start(app);
    } catch (error) {
      await world.keepEvidence("a window that did not open");
      throw error;
    }
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await here?.world.keepEvidence(task.name);
  });
  afterAll(async () => {
    await here?.world.close();
    here = null;
  });

  return {
    get world() {
      return present().world;
    },
    get app() {
      return present().world.app;
    },
    get person() {
      return present().person;
    },
  };
}
