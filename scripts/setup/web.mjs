// The web side: npm packages and the built user interface.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { must, npm, root } from "./run.mjs";
import { heading, note } from "./say.mjs";
import { digest, stamp, stampSays } from "./stamp.mjs";

/** `npm ci`, only when the lockfile is another one than last time. */
export async function installNodeModules() {
  const path = join(root, "node_modules/.gatehouse-lockfile");
  const lockfile = digest(root, { files: ["package-lock.json"] });
  if (stampSays(path, lockfile)) return;
  heading("Installing npm packages");
  const [command, args] = npm("ci", "--no-audit", "--no-fund");
  await must(command, args, {
    next: "see npm's own words above; without a way to the npm registry this cannot work.",
  });
  stamp(path, lockfile);
}

/** Builds `ui/dist`, only when something it is made from changed. */
export async function buildUi() {
  const path = join(root, "ui/dist/.made-from");
  const made = digest(root, {
    // Cargo's lockfile too: the licences of what the program links are part of the window.
    files: ["Cargo.lock", "package-lock.json", "tsconfig.json", "vite.config.ts", "ui/index.html"].filter(
      (name) => existsSync(join(root, name)),
    ),
    folders: ["ui/licences", "ui/src", ...(existsSync(join(root, "ui/public")) ? ["ui/public"] : [])],
  });
  if (existsSync(join(root, "ui/dist/index.html")) && stampSays(path, made)) {
    note("The user interface is up to date.");
    return;
  }
  heading("Building the user interface");
  const [command, args] = npm("run", "ui:build");
  await must(command, args, { next: "`npm run ui:check` may say more." });
  stamp(path, made);
}
