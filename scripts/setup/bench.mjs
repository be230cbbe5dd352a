// The parts of `npm run bench`. Each has a name for `--only`, a title, what must be built for it, and gives its figures:
// `{ part, what, measured, unit, reference?, bound?, ratio_bound?, at_least? }`.

import { releaseBinary } from "./app.mjs";
import { captured, must } from "./run.mjs";
import { heading } from "./say.mjs";

async function buildBench() {
  heading("Building the benchmark");
  await must("cargo", ["build", "--locked", "--release", "--package", "bench"]);
}

/** A part of the benchmark's own program. */
function own(name, title) {
  const run = async ({ env, isSmall }) => {
    const text = await captured(releaseBinary("bench"), [name, ...(isSmall ? ["--small"] : [])], { env });
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  };
  return { name, title, needs: [buildBench], run };
}

export const parts = [own("search", "Searching the store, beside the same statements run bare")];
