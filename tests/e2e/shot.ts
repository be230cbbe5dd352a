// Takes a picture of the real window, in a world of its own with the demo building.

import { resolve } from "node:path";
import { Key } from "selenium-webdriver";
import type { App } from "./world/app";
import { outFolder } from "./world/binaries";
import type { Language, Theme } from "./world/desktop";
import { World } from "./world/world";

export type ShotOptions = {
  name: string;
  theme: Theme;
  language: Language;
  width: number;
  height: number;
  folder?: string;
  /** Straight into the demo building; otherwise the first screen. */
  demo: boolean;
  /** What to do before the picture is taken; `npm run shot` tells the words. */
  steps: string[];
};

/** Opens the window, walks through the steps, writes the picture and returns its path. */
export async function shot({
  name,
  width,
  height,
  folder,
  demo,
  steps,
  ...desktop
}: ShotOptions): Promise<string> {
  const world = await World.open({ ...desktop, width: Math.max(width, 1024), height: Math.max(height, 640) });
  try {
    const app = await world.start({ args: demo ? ["--demo"] : [] });
    await app.resize(width, height);
    await app.byRole("heading").waitForAny();
    for (const step of steps) await perform(app, step);
    await app.settled();
    return await app.screenshot(name, folder === undefined ? outFolder : resolve(folder));
  } finally {
    await world.close();
  }
}

async function perform(app: App, step: string): Promise<void> {
  const [verb, rest = ""] = cut(step, " ");
  const [role, called] = cut(rest, " ");
  // A name between slashes is a pattern: /^Flat 4/.
  const name = /^\/.+\/$/u.test(called ?? "") ? new RegExp(called?.slice(1, -1) ?? "", "u") : called;
  switch (verb) {
    case "click":
      return app.byRole(role, name).clickFirst();
    case "fill": {
      const [field, text = ""] = cut(called ?? "", " = ");
      return app.byRole(role, field).fill(text);
    }
    case "press":
      return app.press(...rest.split(" ").map((key) => Key[key.toUpperCase() as "ENTER"] ?? key));
    case "shows":
      await app.shows(rest);
      return;
    default:
      throw new Error(`There is no step "${verb}".`);
  }
}

function cut(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}
