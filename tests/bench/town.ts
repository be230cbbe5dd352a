// A window with a large store: signed in, the town of its server in its memory, and the server away.

import { readFileSync } from "node:fs";
import { Person } from "../e2e/world/person";
import { filesBelow } from "../e2e/world/secrets";
import { waitFor } from "../e2e/world/waiting";
import type { World } from "../e2e/world/world";

/** As a person has it: what the tests log costs more than what is logged. */
export const env = { GATEHOUSE_LOG: "info" };

/** The longest time a store takes to be filled, in milliseconds. */
const FILLED_WITHIN = 1_800_000;

/** Signs in at a server, ends, fills the store with the town of that server (`town`: how the benchmark makes it), and takes the server away. */
export async function moveIn(
  world: World,
  { program, bench, town }: { program: string; bench: string; town: string[] },
): Promise<void> {
  await world.start({ program, env });
  await new Person(world, "ru").moveIn(["admin", "client"], { remember: true });
  await world.app.byRole("row").waitForAny();
  const [lock = ""] = await waitFor("the store", () => {
    const found = [...filesBelow(world.ground.home)].filter((file) => file.endsWith("/store/lock"));
    return found.length > 0 && found;
  });
  await world.quit();
  await world.server.refuse();
  const [preferences = ""] = [...filesBelow(world.ground.home)].filter((file) => file.endsWith("/desk.json"));
  const id = /"id":\s*"([^"]+)"/u.exec(readFileSync(preferences, "utf8"))?.[1] ?? "";
  const folder = lock.slice(0, -"/lock".length);
  world.execute(
    bench,
    ["fill", "--folder", folder, "--server", id, "--keyring", "Gatehouse", ...town],
    FILLED_WITHIN,
  );
}
