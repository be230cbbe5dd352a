// `npm run shot -- <name>`: a picture of the real window with the demo building.

import { parseArgs } from "node:util";
import { buildApp, buildSimulator } from "./setup/app.mjs";
import { main, note, Stop } from "./setup/say.mjs";
import { buildPackages, installPackages, testPackages } from "./setup/system.mjs";
import { buildUi, installNodeModules } from "./setup/web.mjs";

const usage = `npm run shot -- <name> [--theme light|dark] [--lang en|ru] [--size 1280x800] [--to tests/e2e/.out] [--no-demo] [--step "…"]…

Steps, in order:
  click <role> <name>          click button Issue code, or a pattern: click button /^Flat/
  fill <role> <name> = <text>  fill searchbox Find a flat = 45
  press <key> …                press Enter Tab a
  shows <text>                 waits until the window shows it`;

function options() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        theme: { type: "string", default: "light" },
        lang: { type: "string", default: "en" },
        size: { type: "string", default: "1280x800" },
        to: { type: "string" },
        "no-demo": { type: "boolean", default: false },
        step: { type: "string", multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw new Stop(error.message, usage);
  }
  const { values, positionals } = parsed;
  const size = /^(\d+)x(\d+)$/.exec(values.size);
  const known = ["light", "dark"].includes(values.theme) && ["en", "ru"].includes(values.lang);
  if (positionals.length !== 1 || !size || !known) throw new Stop("A picture needs a name.", usage);
  return {
    name: positionals[0],
    theme: values.theme,
    language: values.lang,
    width: Number(size[1]),
    height: Number(size[2]),
    folder: values.to,
    demo: !values["no-demo"],
    steps: values.step,
  };
}

await main(async () => {
  const chosen = options();
  await installPackages([...buildPackages, ...testPackages]);
  await installNodeModules();
  await buildUi();
  await buildApp();
  await buildSimulator();

  // Vite is only here once the npm packages are.
  const { runnerImport } = await import("vite");
  const { module } = await runnerImport("./tests/e2e/shot.ts", { configFile: false, logLevel: "error" });
  note(await module.shot(chosen));
});
