// `npm run shot -- <name>`: pictures of the real window, with the demo building or a stand-in server.

import { parseArgs } from "node:util";
import { buildApp, buildSimulator } from "./setup/app.mjs";
import { main, note, Stop } from "./setup/say.mjs";
import { buildPackages, installPackages, testPackages } from "./setup/system.mjs";
import { buildUi, installNodeModules } from "./setup/web.mjs";

const usage = `npm run shot -- <name> [--theme light|dark] [--lang en|ru] [--size 1280x800] [--to tests/e2e/.out] [--step "…"]…
  --no-demo         the first screen, with a stand-in server to connect to, instead of the demo building
  --server "FLAGS"  flags of that stand-in, such as "--dialect 23.12 --captcha always" (and no demo)
  --everything      a picture of every screen and state

Steps, in order:
  click <role> <name>          click button Issue code, or a pattern: click button /^Flat/
  fill <role> <name> = <text>  fill searchbox Find a flat = 45
  press <key> …                press Enter Tab a
  shows <text>                 waits until the window shows it
  zoom <percent>               zoom 200
  move-in [admin] [client]     connects to the stand-in and signs in
  fault <call> <kind> [JSON]   fault list_flats status {"status": 500}; clear ends it
  expire <account>             expire admin
  refuse, accept               the stand-in is away, or back
  restart                      ends the program and starts it again`;

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
        everything: { type: "boolean", default: false },
        server: { type: "string" },
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
    demo: !values["no-demo"] && values.server === undefined,
    everything: values.everything,
    server: values.server?.split(/\s+/u).filter((flag) => flag !== "") ?? [],
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
  for (const path of await module.shot(chosen)) note(path);
});
