// What the scripts print, and the one error they stop with.

const plain = !process.stdout.isTTY || process.env.NO_COLOR;
const paint = (code, text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);

/** One line on the output. */
export function print(text) {
  process.stdout.write(`${text}\n`);
}

const printError = (text) => process.stderr.write(`${text}\n`);

/** A heading before a piece of work. */
export function heading(text) {
  print(`\n${paint("1;36", "==>")} ${paint("1", text)}`);
}

/** One line about what is going on. */
export function note(text) {
  print(`    ${text}`);
}

/** A heading's counterpart on the error stream, so that it is seen when the output is piped away. */
export function warn(text) {
  printError(`${paint("1;33", " ! ")} ${text}`);
}

/** Milliseconds as a person reads them: `850 ms`, `12.3 s`, `2 min 05 s`. */
export function duration(milliseconds) {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A reason to stop that the person can act on: what happened, and what to do next. */
export class Stop extends Error {
  /**
   * @param {string} happened
   * @param {string} [next]
   */
  constructor(happened, next) {
    super(happened);
    this.next = next;
  }
}

/** Runs a script's main function; a `Stop` becomes two plain lines and exit code 1, anything else a stack trace. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof Stop)) {
      printError(error.stack ?? String(error));
      return;
    }
    printError(`\n${paint("1;31", "Stopped:")} ${error.message}`);
    if (error.next) printError(`${paint("1", "Next:")} ${error.next}`);
  }
}
