// The program as it is released, with a large store and the server away: how its lists scroll.

import { readFileSync } from "node:fs";
import { Person } from "../e2e/world/person";
import { filesBelow } from "../e2e/world/secrets";
import { waitFor } from "../e2e/world/waiting";
import { World } from "../e2e/world/world";
import { type GridFigure, measureList } from "./grid";

type Programs = {
  /** Gatehouse and the benchmark's own program: paths. */
  program: string;
  bench: string;
  /** Flats in the store, and those of one more intercom that has very many. */
  flats: number;
  many: number;
  rounds: number;
  /** How long a list is scrolled in each round. */
  milliseconds: number;
};

const env = { GATEHOUSE_LOG: "info" };

export async function measure(programs: Programs): Promise<GridFigure[]> {
  const world = await World.open({ language: "ru", width: 1280, height: 800 });
  try {
    await moveIn(world, programs);
    const app = await world.start({ program: programs.program, env });
    const shows = (least: number) =>
      waitFor(`a list of ${least} flats`, () =>
        app.run<boolean>(
          `return Number(document.querySelector("[role=grid]")?.getAttribute("aria-rowcount")) > arguments[0]`,
          least,
        ),
      );
    const choose = (title: string) =>
      app.run(
        `[...document.querySelectorAll("section li button")]
           .findLast((each) => each.textContent.includes(arguments[0])).click()`,
        title,
      );
    await app.byRole("row").waitForAny();
    await choose("Подъезд");
    await shows(500);
    const figures = await measureList(app, "the flats of an intercom", programs);
    await choose("Башня");
    await shows(programs.many);
    return [...figures, ...(await measureList(app, `the ${programs.many} flats of one intercom`, programs))];
  } finally {
    await world.close();
  }
}

/** Signs in at a server, ends, fills the store with the town of that server, and takes the server away. */
async function moveIn(world: World, { program, bench, flats, many }: Programs): Promise<void> {
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
  const town = ["--flats", String(flats), "--large", String(many), "--server", id, "--keyring", "Gatehouse"];
  world.execute(bench, ["fill", "--folder", lock.slice(0, -"/lock".length), ...town], 1_800_000);
}
