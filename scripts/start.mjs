// `npm start`: sets up what is missing, builds what changed, and opens the window.
// Arguments go to the program: `npm start -- --demo` opens straight into the demo building.

import { binary, buildApp } from "./setup/app.mjs";
import { foreground, has } from "./setup/run.mjs";
import { heading, main, Stop, warn } from "./setup/say.mjs";
import { buildPackages, checkPlatform, hasDisplay, installPackages } from "./setup/system.mjs";
import { checkNode, checkRust } from "./setup/toolchain.mjs";
import { buildUi, installNodeModules } from "./setup/web.mjs";

await main(async () => {
  checkPlatform();
  checkNode();
  checkRust();
  if (!hasDisplay()) {
    warn("There is no display here, so no window can open. Gatehouse is set up and built all the same.");
  }
  await installPackages(buildPackages);
  await installNodeModules();
  await buildUi();
  await buildApp();

  if (!hasDisplay()) {
    const first = has("xvfb-run") ? "" : "sudo apt-get install xvfb xauth, then ";
    throw new Stop(
      "Gatehouse is built, but there is no display to open its window on.",
      `${first}xvfb-run -a npm start`,
    );
  }

  heading("Opening the window (Ctrl-C closes it)");
  const ended = await foreground(binary("gatehouse"), process.argv.slice(2)).catch((error) => {
    throw new Stop(`The program could not be started: ${error.message}`);
  });
  if (ended.signal === "SIGINT" || ended.signal === "SIGTERM") return 0;
  if (ended.signal) throw new Stop(`The program was ended by ${ended.signal}.`);
  return ended.code;
});
