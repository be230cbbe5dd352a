// The ground a world stands on: a folder, an environment that leads nowhere else, and processes that end with it.

import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked } from "../../../scripts/setup/guard.mjs";
import { Hopeless, waitFor } from "./waiting";

/** A process of a world. `ended` becomes true with its exit; its output goes to `logs/<name>.log`. */
export type Running = { name: string; process: ChildProcess; ended: () => boolean };

/** What to start, and how. */
export type Start = {
  command: string;
  args?: string[];
  env?: Record<string, string>;
  /** Written to its standard input, which is then closed; without it, standard input stays open. */
  input?: string;
  /** A fourth stream (file descriptor 3) to read from. */
  extraStream?: boolean;
  /** Its standard output is read by the caller instead of going to the log. */
  readOutput?: boolean;
};

export class Ground {
  readonly folder = mkdtempSync(join(tmpdir(), "gatehouse-e2e-"));
  readonly home = join(this.folder, "home");
  readonly logs = join(this.folder, "logs");
  readonly #mark = { name: "GATEHOUSE_E2E_WORLD", value: randomUUID() };
  readonly #warden: ChildProcess;
  /** The environment every process of this world starts from. */
  readonly env: Record<string, string>;

  constructor() {
    const inHome = (path: string) => join(this.home, path);
    const folders = {
      HOME: this.home,
      XDG_DATA_HOME: inHome(".local/share"),
      XDG_CONFIG_HOME: inHome(".config"),
      XDG_CACHE_HOME: inHome(".cache"),
      XDG_STATE_HOME: inHome(".local/state"),
      XDG_RUNTIME_DIR: join(this.folder, "run"),
      TMPDIR: join(this.folder, "tmp"),
    };
    for (const path of [...Object.values(folders), this.logs])
      mkdirSync(path, { recursive: true, mode: 0o700 });

    const warden = fileURLToPath(new URL("warden.mjs", import.meta.url));
    const mark = `${this.#mark.name}=${this.#mark.value}`;
    // Detached, so that a Ctrl-C in the terminal reaches the tests and not the one who cleans up after them.
    this.#warden = spawn(process.execPath, [warden, mark, this.folder], {
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
    });
    this.env = {
      ...folders,
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      [this.#mark.name]: this.#mark.value,
      RUST_BACKTRACE: "1",
      NO_AT_BRIDGE: "1",
      GTK_A11Y: "none",
      GSETTINGS_BACKEND: "memory",
      GDK_BACKEND: "x11",
    };
  }

  /** Starts a process of this world. */
  start(name: string, { command, args = [], env = {}, input, extraStream, readOutput }: Start): Running {
    const stdio: StdioOptions = ["pipe", "pipe", "pipe", ...(extraStream ? ["pipe" as const] : [])];
    const child = spawn(command, args, { cwd: this.folder, env: { ...this.env, ...env }, stdio });
    let ended = false;
    child.once("exit", () => {
      ended = true;
    });
    child.once("error", () => {
      ended = true;
    });
    const log = createWriteStream(join(this.logs, `${name}.log`), { flags: "a" });
    if (!readOutput) child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.stdin?.on("error", () => {});
    if (input !== undefined) child.stdin?.end(input);
    if (child.pid) this.#warden.stdin?.write(`${child.pid}\n`);
    return { name, process: child, ended: () => ended };
  }

  /** The ids of the processes of this world that run a program of this name. */
  running(program: string): number[] {
    const mark = `${this.#mark.name}=${this.#mark.value}`;
    return marked(mark).flatMap(({ pid, name }) => (name === program ? [pid] : []));
  }

  /** Ends every process of this world and removes its folder. */
  async close(): Promise<void> {
    const gone = new Promise<number | null>((resolve) => this.#warden.once("exit", resolve));
    this.#warden.stdin?.end();
    if ((await gone) !== 0) throw new Error(`A process of the world ${this.#mark.value} could not be ended.`);
  }
}

/** The first line that a process writes (started with `readOutput`). */
export async function firstLine(running: Running): Promise<string> {
  let text = "";
  running.process.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return waitFor(`the first line of ${running.name}`, () => {
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
    stillRunning(running);
    return undefined;
  });
}

/** Stops the waiting for something that only a running process can bring. */
export function stillRunning({ name, ended }: Running): void {
  if (ended()) throw new Hopeless(`${name} ended before it was ready; see its log.`);
}

/**
 * Waits until a process is gone with all its threads. One whose first thread has ended no longer has an environment to be
 * known by, and still holds its name on the bus and its lock.
 */
export async function gone(pid: number): Promise<void> {
  await waitFor(`the end of process ${pid}`, () => {
    try {
      const states = readdirSync(`/proc/${pid}/task`).map((task) =>
        readFileSync(`/proc/${pid}/task/${task}/stat`, "latin1")
          .replace(/^.*\) /s, "")
          .charAt(0),
      );
      return states.every((state) => state === "Z" || state === "X");
    } catch {
      return true;
    }
  });
}

/** Ends one process and waits until it is gone. */
export async function end(running: Running): Promise<void> {
  if (running.ended()) return;
  const gone = new Promise<void>((resolve) => running.process.once("exit", () => resolve()));
  running.process.kill("SIGTERM");
  await gone;
}
