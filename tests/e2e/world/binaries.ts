// Where the programs under test are.

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the work tree. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The path of a debug binary of this workspace. */
export function binary(name: "gatehouse" | "simulator"): string {
  return join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug", name);
}

/** Where pictures and the logs of failed tests go. */
export const outFolder = process.env.GATEHOUSE_E2E_OUT ?? join(root, "tests/e2e/.out");
