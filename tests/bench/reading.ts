// The program as it is released, in its real window, while it reads a building for the first time: what its process has in
// memory meanwhile and afterwards. docs/benchmarks.md says what exactly is measured.

import { setTimeout as pause } from "node:timers/promises";
import { firstLine } from "../e2e/world/ground";
import { Person } from "../e2e/world/person";
import { waitFor } from "../e2e/world/waiting";
import { World } from "../e2e/world/world";
import { memoryOf } from "./memory";
import { env } from "./town";

type Programs = {
  /** Gatehouse and the benchmark's own program: paths. */
  program: string;
  bench: string;
  /** Flats of the building. */
  flats: number;
  /** How long the program is left alone after the reading, in milliseconds. */
  rest: number;
};

type Figure = { part: "reading"; what: string; measured: number; unit: "MB"; bound?: number };

/** Milliseconds between two looks at the memory, and the longest a reading takes. */
const BETWEEN = 100;
const READ_WITHIN = 1_800_000;

export async function measure({ program, bench, flats, rest }: Programs): Promise<Figure[]> {
  const world = await World.open({ language: "ru", width: 1280, height: 800 });
  try {
    const server = await standIn(world, bench, flats);
    const app = await world.start({ program, env: { ...env, GATEHOUSE_SYNC: "auto" } });
    const person = new Person(world, "ru");
    await person.findServer(server.address);
    await person.accountCard("admin").wait();
    const before = memoryOf(world).own;
    await person.fillSignIn(person.accountCard("admin"), server, true);
    await person.signOutButton("admin").wait();
    await person.enter();
    const progress = app.byRole("group", person.t("sync.title"));
    await progress.wait();
    let most = before;
    await waitFor(
      "the end of the reading",
      async () => {
        await pause(BETWEEN);
        most = Math.max(most, memoryOf(world).own);
        return (await progress.count()) === 0;
      },
      READ_WITHIN,
    );
    await person.goTo("settings");
    await app.shows(person.t("sync.completed"));
    await person.goTo("buildings");
    await pause(rest);
    return [
      figure("core: memory of its own (private) before", before),
      figure(`core: while ${flats} flats are read for the first time, at its most`, most, 150),
      figure("core: after that, at rest", memoryOf(world).own, 80),
    ];
  } finally {
    await world.close();
  }
}

const figure = (what: string, measured: number, bound?: number): Figure => ({
  ...{ part: "reading", what, measured, unit: "MB" },
  ...(bound === undefined ? {} : { bound }),
});

type Introduction = { address: string; login: string; password: string };

/** The benchmark's own server with so many flats, which ends with the world. */
async function standIn(world: World, bench: string, flats: number): Promise<Introduction> {
  const running = world.ground.start("town", {
    command: bench,
    args: ["stand-in", "--flats", String(flats)],
    readOutput: true,
  });
  return JSON.parse(await firstLine(running)) as Introduction;
}
