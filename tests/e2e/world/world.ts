// A world: one desktop with its keyring, one stand-in server, and the program in its window. It can be closed and opened again
// within the same world, as a person does who comes back the next morning.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { App, type AppOptions } from "./app";
import { binary, outFolder } from "./binaries";
import { type DesktopOptions, startDesktop } from "./desktop";
import { Ground, gone, type Running, stillRunning } from "./ground";
import { filesBelow } from "./secrets";
import { type ServerOptions, StandIn } from "./server";
import { waitFor } from "./waiting";

export type WorldOptions = Partial<DesktopOptions> & { server?: ServerOptions };

export class World {
  readonly ground: Ground;
  readonly server: StandIn;
  readonly #desktop: Record<string, string>;
  #app: App | null = null;

  private constructor(ground: Ground, desktop: Record<string, string>, server: StandIn) {
    this.ground = ground;
    this.server = server;
    this.#desktop = desktop;
  }

  static async open({ server, ...desktop }: WorldOptions = {}): Promise<World> {
    const ground = new Ground();
    try {
      const options = {
        language: "en",
        theme: "light",
        timeZone: "UTC",
        width: 1920,
        height: 1200,
        ...desktop,
      } as const;
      const [env, standIn] = await Promise.all([
        startDesktop(ground, options),
        StandIn.start(ground, server),
      ]);
      return new World(ground, env, standIn);
    } catch (error) {
      keepLogs(ground, "world that did not open");
      await ground.close();
      throw error;
    }
  }

  /** The open window. */
  get app(): App {
    if (!this.#app) throw new Error("The program is not open.");
    return this.#app;
  }

  /** Starts the program. */
  async start(options?: AppOptions): Promise<App> {
    this.#app = await App.open(this.ground, this.#desktop, options);
    return this.#app;
  }

  /** Closes the window, then starts the program again. */
  async restart(options?: AppOptions): Promise<App> {
    await this.quit();
    return this.start(options);
  }

  /** Closes the window. */
  async quit(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    await app?.close();
    await this.#forgotten();
  }

  /** Ends the program as a power cut does, then starts it again. */
  async killAndStart(options?: AppOptions): Promise<App> {
    await this.kill();
    return this.start(options);
  }

  /** Ends the program as a power cut does. */
  async kill(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    await app?.kill();
    await this.#forgotten();
  }

  /** Starts the program without a WebDriver, and ends it as a power cut does once it has logged this. */
  async startAndKillAt(logged: string): Promise<void> {
    await this.#startAndKill(`"${logged}" in the log`, (text) => text.includes(logged));
  }

  /** The same after so many lines of the log, wherever that is. */
  async startAndKillAfter(lines: number): Promise<void> {
    await this.#startAndKill(`${lines} lines of the log`, (text) => text.split("\n").length > lines);
  }

  async #startAndKill(what: string, isDue: (logged: string) => boolean): Promise<void> {
    const running = this.startSecond("cut-start");
    const log = join(this.ground.logs, `${running.name}.log`);
    const before = existsSync(log) ? statSync(log).size : 0;
    await waitFor(what, () => {
      stillRunning(running);
      return isDue(readFileSync(log, "utf8").slice(before));
    });
    const pid = running.process.pid ?? 0;
    process.kill(pid, "SIGKILL");
    await gone(pid);
    await this.#forgotten();
  }

  /** Waits until the file with the preferences has been written a few more times. */
  async preferencesAreWritten(): Promise<void> {
    const folder = this.ground.home;
    const newest = () =>
      Math.max(
        0,
        ...[...filesBelow(folder)].flatMap((path) =>
          /desk\.json$/u.test(path) ? [statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0] : [],
        ),
      );
    const seen = new Set<number>();
    await waitFor("preferences written again and again", () => {
      seen.add(newest());
      return seen.size >= 5;
    });
  }

  /** Forgets a program that has ended by itself, once it has. */
  async ended(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    await app?.ends();
    await this.#forgotten();
  }

  /** Waits until the bus, too, has noticed that the program is gone: until then a start would be sent to it. */
  async #forgotten(): Promise<void> {
    const bus = ["--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames"];
    await waitFor("a bus without the program", () => {
      const args = ["--session", "--print-reply", ...bus];
      return !/gatehouse/iu.test(this.execute("dbus-send", args));
    });
  }

  /** Starts the program beside the one that runs, without a WebDriver. */
  startSecond(name = "second-start"): Running {
    return this.ground.start(name, {
      command: binary("gatehouse"),
      env: { ...this.#desktop, GATEHOUSE_IDENTITY: "test", GATEHOUSE_LOG: "trace" },
    });
  }

  /** Another stand-in, on another port. */
  async anotherServer(options: ServerOptions = {}): Promise<StandIn> {
    return StandIn.start(this.ground, { name: "another-stand-in", ...options });
  }

  /** What is on the clipboard of this desktop. */
  clipboard(): string {
    return this.execute("xclip", ["-selection", "clipboard", "-out"]);
  }

  /** Puts a text on the clipboard of this desktop. */
  copy(text: string): void {
    execFileSync("xclip", ["-selection", "clipboard", "-in"], {
      env: { ...this.ground.env, ...this.#desktop },
      input: text,
      stdio: ["pipe", "ignore", "ignore"],
      timeout: 10_000,
    });
  }

  /** Runs a program on this desktop and returns what it prints. */
  execute(command: string, args: string[], milliseconds = 10_000): string {
    return execFileSync(command, args, {
      env: { ...this.ground.env, ...this.#desktop },
      encoding: "utf8",
      timeout: milliseconds,
    });
  }

  /** Keeps a picture and the logs of a failed test. */
  async keepEvidence(name: string): Promise<void> {
    await this.#app?.screenshot(`failed ${name}`).catch(() => undefined);
    keepLogs(this.ground, name);
  }

  /** Ends everything in this world. */
  async close(): Promise<void> {
    try {
      await this.quit();
    } finally {
      await this.ground.close();
    }
  }
}

function keepLogs(ground: Ground, name: string): void {
  const folder = join(outFolder, `logs ${name}`.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 100));
  mkdirSync(folder, { recursive: true });
  cpSync(ground.logs, folder, { recursive: true });
}
