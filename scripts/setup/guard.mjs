// The guard around the tests: a person's own Gatehouse data, keyring and work tree stay as they were, and nothing keeps running.

import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { output } from "./run.mjs";

function describe(path, into) {
  const stat = lstatSync(path);
  if (stat.isDirectory()) {
    into.set(`${path}/`, "folder");
    for (const name of readdirSync(path)) describe(join(path, name), into);
  } else if (stat.isSymbolicLink()) {
    into.set(path, `-> ${readlinkSync(path)}`);
  } else if (stat.isFile()) {
    into.set(path, createHash("sha256").update(readFileSync(path)).digest("hex"));
  } else {
    into.set(path, "special");
  }
}

/** Everything in the person's home that belongs to Gatehouse or to a keyring: path → digest. */
export function homeState() {
  const home = homedir();
  const environment = process.env;
  const data = environment.XDG_DATA_HOME || join(home, ".local/share");
  const parents = [
    data,
    environment.XDG_CONFIG_HOME || join(home, ".config"),
    environment.XDG_CACHE_HOME || join(home, ".cache"),
    environment.XDG_STATE_HOME || join(home, ".local/state"),
    join(home, "Library/Application Support"),
    join(home, "Library/Caches"),
    environment.APPDATA,
    environment.LOCALAPPDATA,
  ];
  const state = new Map();
  for (const parent of parents) {
    if (!parent || !existsSync(parent)) continue;
    for (const name of readdirSync(parent)) {
      if (/gatehouse/i.test(name)) describe(join(parent, name), state);
    }
  }
  const keyrings = join(data, "keyrings");
  if (existsSync(keyrings)) describe(keyrings, state);
  return state;
}

/** What git calls changed or untracked; `null` outside a work tree. */
export function treeState() {
  return output("git", ["status", "--porcelain", "--untracked-files=all"]);
}

/** The paths in which two states differ. */
export function differences(before, after) {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Running processes whose environment carries `mark`, as `{ pid, name }`. Linux only; elsewhere none are seen. */
export function marked(mark) {
  if (process.platform !== "linux") return [];
  const found = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark)) continue;
      found.push({ pid, name: readFileSync(`/proc/${pid}/comm`, "utf8").trim() });
    } catch {
      // Ended meanwhile, or another person's.
    }
  }
  return found;
}
