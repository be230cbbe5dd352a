// The program itself: built, and where its binaries are.

import { join, resolve } from "node:path";
import { must, root } from "./run.mjs";
import { heading } from "./say.mjs";

/** The folder cargo builds into. */
export function targetFolder() {
  return resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
}

/** The path of a debug binary of this workspace. */
export function binary(name) {
  return built("debug", name);
}

/** The path of a release binary of this workspace. */
export function releaseBinary(name) {
  return built("release", name);
}

function built(profile, name) {
  return join(targetFolder(), profile, process.platform === "win32" ? `${name}.exe` : name);
}

/** Builds the program; cargo knows what changed. */
export async function buildApp() {
  heading("Building Gatehouse");
  await must("cargo", ["build", "--locked", "--package", "gatehouse"], {
    next: "the compiler's first error above is usually the one that matters.",
  });
}

/**
 * Builds the stand-in server with its control side. On its own: built together with the program, the program would get
 * the control side too.
 */
export async function buildSimulator() {
  heading("Building the stand-in server");
  await must("cargo", ["build", "--locked", "--package", "simulator", "--features", "control"]);
}
