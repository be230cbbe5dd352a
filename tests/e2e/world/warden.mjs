// The warden of one world: a process of its own that outlives the tests, whatever ends them. Its standard input stays open
// as long as the tests live; when it closes, the warden ends every process of that world and removes its folder.
//
// Arguments: the mark that the world's processes carry in their environment, and the folder. Lines on standard input name the
// ids of processes whose environment cannot be read (programs with file capabilities).

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

const [mark, folder] = process.argv.slice(2);
const told = new Set();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) told.add(Number(line));

function alive() {
  const found = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const state = readFileSync(`/proc/${pid}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .charAt(0);
      if (state === "Z") continue;
      if (told.has(pid) || readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark)) found.push(pid);
    } catch {
      // Ended meanwhile, or another person's.
    }
  }
  return found;
}

function signalAll(signal) {
  for (const pid of alive()) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended meanwhile.
    }
  }
}

async function noneAliveWithin(milliseconds) {
  const deadline = performance.now() + milliseconds;
  while (alive().length > 0) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

signalAll("SIGTERM");
if (!(await noneAliveWithin(2_000))) {
  signalAll("SIGKILL");
  await noneAliveWithin(5_000);
}
rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
process.exit(alive().length === 0 ? 0 : 1);
