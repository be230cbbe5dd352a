// Child processes: started, waited for, and ended together with the script.

import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Stop } from "./say.mjs";

/** The root of the work tree, where every command runs. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** True when `command` can be started at all. */
export function has(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** The trimmed standard output of a command, or `null` when it could not be started or failed. */
export function output(command, args) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  return done.error || done.status !== 0 ? null : done.stdout.trim();
}

/**
 * Runs a command in the foreground. Signals that ask this script to end are passed on, and the script waits until the
 * command has ended, so nothing is left running behind it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function foreground(command, args, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const settle = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      settle();
      resolve({ code, signal });
    });
  });
}

/** Runs a command in the foreground and stops with `next` as the advice when it fails. */
export async function must(command, args, { env, next } = {}) {
  const shown = [command, ...args].join(" ");
  const ended = await foreground(command, args, { env }).catch((error) => {
    throw new Stop(`\`${shown}\` could not be started: ${error.message}`, next);
  });
  if (ended.code !== 0) {
    throw new Stop(
      `\`${shown}\` ${ended.signal ? `was ended by ${ended.signal}` : `failed (exit code ${ended.code})`}.`,
      next,
    );
  }
}

/** Runs a command, its errors seen, and returns what it wrote to its output. */
export async function captured(command, args, { env } = {}) {
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Stop(`\`${[command, ...args].join(" ")}\` failed.`);
  return text;
}

/** npm as a command line that works without a shell on every platform. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, [script, ...args]] : ["npm", args];
}
