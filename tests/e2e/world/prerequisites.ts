// Runs once before all specs: everything they need is here. And once after them: the person's own data is as it was.

import { accessSync, constants, rmSync } from "node:fs";
import { differences, homeState } from "../../../scripts/setup/guard.mjs";
import { binary, outFolder } from "./binaries";

export default function setup(): () => void {
  for (const path of [binary("gatehouse"), binary("simulator")]) {
    try {
      accessSync(path, constants.X_OK);
    } catch {
      throw new Error(`${path} is not built. \`npm test -- --only e2e\` builds it and runs these tests.`);
    }
  }
  rmSync(outFolder, { recursive: true, force: true });
  const before = homeState();
  return () => {
    const changed = differences(before, homeState());
    if (changed.length > 0)
      throw new Error(`The tests reached this person's own data:\n${changed.join("\n")}`);
  };
}
