// The parts of `npm run bench`. Each has a name for `--only`, a title, what must be built for it, and gives its figures:
// `{ part, what, measured, unit, reference?, bound?, ratio_bound? }`.

import { join } from "node:path";
import { buildSimulator, releaseBinary } from "./app.mjs";
import { captured, must } from "./run.mjs";
import { heading } from "./say.mjs";
import { installPackages, testPackages } from "./system.mjs";
import { buildUi, installNodeModules } from "./web.mjs";

/** The flats the bounds speak of, and those of a small run. */
const flats = ({ isSmall }) => (isSmall ? 1_000 : 100_000);

async function buildBench() {
  heading("Building the benchmark");
  await must("cargo", ["build", "--locked", "--release", "--package", "bench"]);
}

async function buildWindows() {
  await installPackages(testPackages);
  await installNodeModules();
  await buildUi();
  heading("Building Gatehouse as it is released, and a window with nothing in it");
  const release = ["build", "--locked", "--release", "--package", "gatehouse"];
  await must("cargo", [...release, "--bins", "--example", "empty-window"]);
  await buildSimulator();
}

/** Runs the benchmark's own program; each line it writes is a figure. */
async function bench(env, ...args) {
  const text = await captured(releaseBinary("bench"), args.map(String), { env });
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

/** A part of that program, over a town that is made once for all of them. */
function own(name, title) {
  const run = async (here) => {
    const folder = join(here.env.TMPDIR, "town");
    here.town ??= bench(here.env, "fill", "--folder", folder, "--flats", flats(here));
    const filled = await here.town;
    const asked = ["--folder", folder, "--flats", flats(here), ...(here.isSmall ? ["--small"] : [])];
    const told = filled.splice(0);
    return [...told, ...(await bench(here.env, name, ...asked))];
  };
  return { name, title, needs: [buildBench], run };
}

/** What a module of `tests/bench/` measures in the real window, in a world as the end-to-end tests have. */
function inTheWindow(file, asked) {
  return async (here) => {
    process.env.TMPDIR = here.env.TMPDIR;
    // Vite is only here once the npm packages are.
    const { runnerImport } = await import("vite");
    const { module } = await runnerImport(`./tests/bench/${file}`, { configFile: false, logLevel: "error" });
    return module.measure({
      program: releaseBinary("gatehouse"),
      bench: releaseBinary("bench"),
      flats: flats(here),
      ...asked(here),
    });
  };
}

export const parts = [
  own("search", "Searching the store, beside the same statements run bare"),
  own("scaling", "The same questions to stores of a hundredth, a tenth and all of the flats"),
  own("memory", "What the store has in memory"),
  {
    name: "sync",
    title: "Reading a whole server, beside the same requests sent bare",
    needs: [buildBench],
    run: (here) => {
      const asked = ["--folder", join(here.env.TMPDIR, "synced"), "--flats", here.isSmall ? 80 : flats(here)];
      return bench(here.env, "sync", ...asked, ...(here.isSmall ? ["--small"] : []));
    },
  },
  {
    name: "window",
    title: "The real window: start, key presses, memory",
    needs: [buildBench, buildWindows],
    run: inTheWindow("window.ts", (here) => ({
      empty: join(releaseBinary("examples"), "empty-window"),
      rounds: here.isSmall ? 1 : 7,
    })),
  },
  {
    name: "reading",
    title: "The real window while it reads a building for the first time: memory",
    needs: [buildBench, buildWindows],
    run: inTheWindow("reading.ts", ({ isSmall }) => ({
      flats: isSmall ? 2_000 : 20_000,
      rest: isSmall ? 0 : 12_000,
    })),
  },
  {
    name: "grid",
    title: "The lists of flats as they scroll, beside an empty virtual list",
    needs: [buildBench, buildWindows],
    run: inTheWindow("lists.ts", ({ isSmall }) => ({
      many: isSmall ? 2_000 : 20_000,
      rounds: isSmall ? 1 : 5,
      milliseconds: isSmall ? 1_000 : 4_000,
    })),
  },
];
