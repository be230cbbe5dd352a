// Takes pictures of the real window, in a world of its own.

import { resolve } from "node:path";
import { Key } from "selenium-webdriver";
import { outFolder } from "./world/binaries";
import type { Language, Theme } from "./world/desktop";
import { type Account, Person } from "./world/person";
import type { Call, Fault } from "./world/server";
import { forTheTour, tour } from "./world/tour";
import { World } from "./world/world";

export type ShotOptions = {
  name: string;
  theme: Theme;
  language: Language;
  width: number;
  height: number;
  folder?: string;
  /** Straight into the demo building; otherwise the first screen, with a stand-in server to connect to. */
  demo: boolean;
  /** Flags of the stand-in server. */
  server: string[];
  /** A picture of every screen and state instead of one; the steps come to nothing. */
  everything: boolean;
  /** What to do before the picture is taken; `npm run shot` tells the words. */
  steps: string[];
};

/** Opens the window, walks through the steps, writes the picture (or pictures) and returns the paths. */
export async function shot(options: ShotOptions): Promise<string[]> {
  const { name, width, height, theme, language, demo, everything, steps } = options;
  const server = { args: everything ? forTheTour.server.args : options.server };
  const room = { width: Math.max(width, 1024), height: Math.max(height, 640) };
  const world = await World.open({ theme, language, ...room, server });
  const folder = options.folder === undefined ? outFolder : resolve(options.folder);
  try {
    const app = await world.start({
      args: demo && !everything ? ["--demo"] : [],
      // Of a window that the processor paints WebKit's driver stops giving pictures at some time. It looks the same.
      env: { WEBKIT_DISABLE_DMABUF_RENDERER: "0" },
    });
    await app.resize(width, height);
    await app.byRole("heading").waitForAny();
    const person = new Person(world, language);
    if (everything) {
      const paths: string[] = [];
      await tour({ world, app, person }, async (stop) => {
        paths.push(
          await app.screenshot(`${name} ${String(paths.length + 1).padStart(2, "0")} ${stop}`, folder),
        );
      });
      return paths;
    }
    for (const step of steps) await perform(world, person, step);
    await app.settled();
    return [await app.screenshot(name, folder)];
  } finally {
    await world.close();
  }
}

async function perform(world: World, person: Person, step: string): Promise<void> {
  const { app } = world;
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
    case "move-in":
      return person.moveIn(rest === "" ? ["admin", "client"] : (rest.split(" ") as Account[]));
    case "fault":
      // fault list_flats status {"status": 500}: until the faults are cleared
      return world.server.fault(
        role as Call,
        { kind: cut(called ?? "", " ")[0], ...faultDetails(called) } as Fault,
        null,
      );
    case "clear":
      return world.server.clear();
    case "refuse":
      return world.server.refuse();
    case "accept":
      return world.server.accept();
    case "restart":
      await world.restart();
      return;
    case "expire":
      return world.server.expire(role as Account);
    case "zoom":
      for (
        let percent = 100;
        percent < Number(rest);
        percent = zoomSteps[zoomSteps.indexOf(percent) + 1] ?? 200
      )
        await app.chord(Key.CONTROL, "+");
      return;
    case "shows":
      await app.shows(rest);
      return;
    default:
      throw new Error(`There is no step "${verb}".`);
  }
}

const zoomSteps = [100, 110, 125, 150, 175, 200];

function faultDetails(called: string | undefined): object {
  const [, details] = cut(called ?? "", " ");
  return details === undefined ? {} : (JSON.parse(details) as object);
}

function cut(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}
