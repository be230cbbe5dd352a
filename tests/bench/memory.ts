// What the program's own process has in memory, without those of the web view.

import { readFileSync } from "node:fs";
import type { World } from "../e2e/world/world";

/** In MB: of its own alone, with its share of what others map, too, and all that it maps. */
export type Memory = { own: number; shared: number; mapped: number };

/** What the running program has now. */
export function memoryOf(world: World): Memory {
  const [pid] = world.ground.running("gatehouse");
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(rollup)?.[1]) / 1024;
  return {
    own: megabytes("Private_Clean") + megabytes("Private_Dirty"),
    shared: megabytes("Pss"),
    mapped: megabytes("Rss"),
  };
}
