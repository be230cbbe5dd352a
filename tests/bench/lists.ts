// The program as it is released, with a large store and the server away: how its lists scroll.

import { waitFor } from "../e2e/world/waiting";
import { World } from "../e2e/world/world";
import { type GridFigure, measureList } from "./grid";
import { env, moveIn } from "./town";

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

export async function measure(programs: Programs): Promise<GridFigure[]> {
  const world = await World.open({ language: "ru", width: 1280, height: 800 });
  try {
    const town = ["--flats", String(programs.flats), "--large", String(programs.many)];
    await moveIn(world, { ...programs, town });
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
