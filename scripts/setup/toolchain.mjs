// Rust and Node: present, and new enough.

import { output } from "./run.mjs";
import { Stop } from "./say.mjs";

const leastRust = [1, 90];
const leastNode = [20, 19];

/** The first two numbers of a version text, or `null`. */
export function majorMinor(text) {
  const found = /(\d+)\.(\d+)/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

/** True when `[major, minor]` is at least as new as `least`. */
export function atLeast([major, minor], least) {
  return major > least[0] || (major === least[0] && minor >= least[1]);
}

/** Stops when this Node is too old. */
export function checkNode() {
  const version = majorMinor(process.versions.node);
  if (!version || !atLeast(version, leastNode)) {
    throw new Stop(
      `Node ${process.versions.node} is too old; Gatehouse needs ${leastNode.join(".")} or newer.`,
      "install a current Node 20 or later: https://nodejs.org/",
    );
  }
}

/** Stops when Rust is missing or too old. */
export function checkRust() {
  for (const tool of ["cargo", "rustc"]) {
    const text = output(tool, ["--version"]);
    const version = majorMinor(text);
    if (!version) {
      throw new Stop(
        `\`${tool}\` is not installed, or not on the PATH.`,
        "install Rust with rustup: https://rustup.rs/",
      );
    }
    if (!atLeast(version, leastRust)) {
      throw new Stop(
        `${text} is too old; Gatehouse needs Rust ${leastRust.join(".")} or newer.`,
        "run `rustup update stable`.",
      );
    }
  }
}

/** Stops when the formatter or the linter of this toolchain is missing. */
export function checkRustComponents() {
  const missing = ["fmt", "clippy"].filter((name) => output("cargo", [name, "--version"]) === null);
  if (missing.length > 0) {
    throw new Stop(
      `cargo ${missing.join(" and cargo ")} is missing.`,
      "run `rustup component add rustfmt clippy`.",
    );
  }
}
