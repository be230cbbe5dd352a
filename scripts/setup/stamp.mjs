// Stamps: a digest of what a result was made from, kept beside the result, so that work is repeated only when it must be.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

function* files(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* files(child);
    else yield child;
  }
}

/**
 * One digest over the names and contents of these files and of everything in these folders.
 *
 * @param {string} root
 * @param {{ files?: string[], folders?: string[] }} inputs paths relative to `root`
 */
export function digest(root, { files: single = [], folders = [] }) {
  const hash = createHash("sha256");
  const all = [
    ...single.map((name) => join(root, name)),
    ...folders.flatMap((name) => [...files(join(root, name))]),
  ];
  for (const path of all) {
    hash.update(`${relative(root, path)}\0`);
    hash.update(readFileSync(path));
    hash.update("\0");
  }
  return hash.digest("hex");
}

/** True when the stamp at `path` says `value`. */
export function stampSays(path, value) {
  try {
    return readFileSync(path, "utf8").trim() === value;
  } catch {
    return false;
  }
}

/** Writes the stamp. */
export function stamp(path, value) {
  writeFileSync(path, `${value}\n`);
}
