// `npm run bench`: how fast Gatehouse is and how much it takes, each beside its bound and, where that says more than a
// number, beside a reference measured in the same run. Nothing is asserted: docs/benchmarks.md says how to read it.

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parts } from "./setup/bench.mjs";
import { openEnclosure } from "./setup/enclosure.mjs";
import { heading, main, note, print, Stop, warn } from "./setup/say.mjs";
import { buildPackages, checkPlatform, installPackages } from "./setup/system.mjs";
import { checkNode, checkRust } from "./setup/toolchain.mjs";

const usage = `npm run bench -- [--only ${parts.map(({ name }) => name).join("|")}] [--small] [--json FILE]
  --only   one part, or several: --only search,scaling
  --small  a small town and few rounds: only that everything still runs
  --json   the figures in a file, too`;

function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        only: { type: "string", multiple: true },
        small: { type: "boolean", default: false },
        json: { type: "string" },
      },
    }));
  } catch (error) {
    throw new Stop(error.message, usage);
  }
  const only = values.only?.flatMap((names) => names.split(","));
  const unknown = only?.filter((name) => !parts.some((part) => part.name === name)) ?? [];
  if (unknown.length > 0) throw new Stop(`There is no part called ${unknown.join(", ")}.`, usage);
  return {
    chosen: parts.filter(({ name }) => only?.includes(name) ?? true),
    isSmall: values.small,
    json: values.json,
  };
}

const number = (value) => {
  if (value === undefined) return "";
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
};

/** Whether a figure keeps its bound; `undefined` where it has none. */
function isKept({ measured, reference, bound, ratio_bound }) {
  const limit = bound ?? ratio_bound;
  if (limit === undefined) return undefined;
  const value = bound === undefined ? measured / reference : measured;
  return value <= limit;
}

function row(figure) {
  const { what, measured, unit, reference, bound, ratio_bound } = figure;
  const told =
    bound !== undefined ? `≤ ${bound} ${unit}` : ratio_bound !== undefined ? `≤ ${ratio_bound} ×` : "";
  const times = reference === undefined ? "" : `${number(measured / reference)} ×`;
  const verdict = { true: "kept", false: "MISSED", undefined: "" }[isKept(figure)];
  return [what, `${number(measured)} ${unit}`, number(reference), times, told, verdict];
}

function table(figures) {
  const rows = [["", "measured", "reference", "ratio", "bound", ""], ...figures.map(row)];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const cells of rows) {
    note(
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "),
    );
  }
}

await main(async () => {
  const { chosen, isSmall, json } = options();
  checkPlatform();
  checkNode();
  checkRust();
  await installPackages(buildPackages);
  for (const prepare of new Set(chosen.flatMap((part) => part.needs))) await prepare();

  const enclosure = openEnclosure();
  const figures = [];
  let complaints;
  try {
    const here = { env: enclosure.env, isSmall };
    for (const part of chosen) {
      heading(part.title);
      const found = await part.run(here);
      table(found);
      figures.push(...found);
    }
  } finally {
    complaints = enclosure.close();
  }
  if (json !== undefined) writeFileSync(resolve(json), `${JSON.stringify(figures, null, 2)}\n`);
  for (const complaint of complaints) warn(complaint);
  const missed = figures.filter((figure) => isKept(figure) === false);
  print(
    `\n${figures.length} figures, ${missed.length} beyond their bounds${isSmall ? " (a small run says little)" : ""}`,
  );
  return complaints.length > 0 ? 1 : 0;
});
