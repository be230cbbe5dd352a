// `npm test`: sets up what is missing and runs every test there is, stopping at the first step that fails.
// `npm test -- --only e2e` (or `--only clippy,rust`) runs some of the steps, `--list` names them.

import { parseArgs } from "node:util";
import { openEnclosure } from "./setup/enclosure.mjs";
import { duration, heading, main, note, print, Stop, warn } from "./setup/say.mjs";
import { steps } from "./setup/steps.mjs";
import { buildPackages, checkPlatform, installPackages, testPackages } from "./setup/system.mjs";
import { checkNode, checkRust, checkRustComponents } from "./setup/toolchain.mjs";
import { buildUi, installNodeModules } from "./setup/web.mjs";

function chosenSteps() {
  const { values } = parseArgs({
    options: { only: { type: "string", multiple: true }, list: { type: "boolean" } },
  });
  if (values.list) {
    for (const { name, title, onlyWhenNamed } of steps)
      print(`${name.padEnd(10)} ${title}${onlyWhenNamed ? " (only when named)" : ""}`);
    return [];
  }
  const only = values.only?.flatMap((names) => names.split(","));
  const unknown = only?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Stop(`There is no step called ${unknown.join(", ")}.`, "`npm test -- --list` names them.");
  }
  return steps.filter(({ name, onlyWhenNamed }) => (only ? only.includes(name) : !onlyWhenNamed));
}

function summary(results, complaints) {
  heading("Summary");
  for (const { step, state, took } of results) {
    note(`${state.padEnd(7)} ${duration(took).padStart(12)}  ${step.title}`);
  }
  for (const complaint of complaints) warn(complaint);
  const count = (state) => results.filter((result) => result.state === state).length;
  const failed = count("failed") + (complaints.length > 0 ? 1 : 0);
  const others = ["not run", "skipped"]
    .filter((state) => count(state) > 0)
    .map((state) => `, ${count(state)} ${state}`);
  print(`\n${count("passed")} passed, ${failed} failed${others.join("")}`);
  return failed === 0 ? 0 : 1;
}

async function runAll(chosen, env) {
  const results = [];
  let failure = null;
  for (const step of chosen) {
    if (failure || (step.onlyOn && step.onlyOn !== process.platform)) {
      results.push({ step, state: failure ? "not run" : "skipped", took: 0 });
      continue;
    }
    heading(step.title);
    const start = performance.now();
    try {
      await step.run(env);
      results.push({ step, state: "passed", took: performance.now() - start });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      failure = { step, error };
      results.push({ step, state: "failed", took: performance.now() - start });
    }
  }
  if (failure) {
    warn(`${failure.step.title}: ${failure.error.message}`);
    if (failure.error.next) warn(`Next: ${failure.error.next}`);
    warn(`This step alone: npm test -- --only ${failure.step.name}`);
  }
  return results;
}

await main(async () => {
  const chosen = chosenSteps();
  if (chosen.length === 0) return 0;
  checkPlatform();
  checkNode();
  checkRust();
  checkRustComponents();
  await installPackages([...buildPackages, ...testPackages]);
  await installNodeModules();
  await buildUi();

  const enclosure = openEnclosure();
  let results;
  let complaints;
  try {
    results = await runAll(chosen, enclosure.env);
  } finally {
    complaints = enclosure.close();
  }
  return summary(results, complaints);
});
