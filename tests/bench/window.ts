// The program as it is released, in its real window: how long it takes to start with a large store, how long a key press takes
// to be seen, and what its process has in memory. docs/benchmarks.md says what exactly is measured.

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Key } from "selenium-webdriver";
import type { App } from "../e2e/world/app";
import { World } from "../e2e/world/world";
import { memoryOf } from "./memory";
import { env, moveIn } from "./town";

type Programs = {
  /** Gatehouse, the empty window and the benchmark's own program: paths. */
  program: string;
  empty: string;
  bench: string;
  /** Flats in the store. */
  flats: number;
  /** How many times each start is measured, and the questions are typed. */
  rounds: number;
};

type Figure = {
  part: "window";
  what: string;
  measured: number;
  unit: string;
  reference?: number;
  bound?: number;
  ratio_bound?: number;
};

/** What a person types, letter by letter. */
const questions = ["45", "A-118", "Иванова Ел", "королев", "0451", "Müller", "летная 12"];

/** Waits in the page until it shows `arguments[0]` and that was painted; answers the time of day in milliseconds. */
const painted = `
  const [pattern, done] = [new RegExp(arguments[0], "u"), arguments[arguments.length - 1]];
  const isReady = () => {
    if (!pattern.test(document.body?.innerText ?? "")) return false;
    const field = document.querySelector("[role=combobox]");
    if (!arguments[1]) return true;
    return field !== null && !field.disabled && document.querySelectorAll("[role=row]").length > 2;
  };
  const look = () => {
    if (!isReady()) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
  };
  look();`;

/**
 * Times every key from now on: from when the key was pressed to the frame after the one that has the last change it made in
 * the search; elsewhere in the window the clock changes things, too. A timer set within a frame may end before that frame is painted; the next frame only begins when it was.
 */
const watch = `
  window.pressed = null;
  document.addEventListener("keydown", ({ timeStamp }) => {
    window.pressed = { from: timeStamp, changed: timeStamp, to: null };
  }, true);
  new MutationObserver(() => {
    const mine = window.pressed;
    if (!mine) return;
    mine.changed = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { mine.to = performance.now(); }));
  }).observe(document.querySelector("[role=combobox]").parentElement, { subtree: true, childList: true, characterData: true });`;

/** Answers what the last key took once the window has been at rest for a while; null where it changed nothing. Asked for once,
 * and looked for seldom: whoever asks the page all the time is what it is busy with. */
const atRest = `
  const done = arguments[arguments.length - 1];
  const look = () => {
    const { from, changed, to } = window.pressed;
    if (performance.now() - changed < 300) return setTimeout(look, 100);
    done(to === null ? null : to - from);
  };
  setTimeout(look, 300);`;

export async function measure(programs: Programs): Promise<Figure[]> {
  const world = await World.open({ language: "ru", width: 1280, height: 800 });
  try {
    const program = stopwatch(world, programs.program, "gatehouse");
    const empty = stopwatch(world, programs.empty, "empty-window");
    const town = ["--flats", String(programs.flats)];
    await moveIn(world, { program: program.path, bench: programs.bench, town });
    const own: number[] = [];
    const reference: number[] = [];
    for (let round = 0; round < programs.rounds; round += 1) {
      reference.push(await started(await world.start({ program: empty.path, env }), empty, "Empty", false));
      await world.quit();
      own.push(await started(await world.start({ program: program.path, env }), program, ".", true));
      if (round < programs.rounds - 1) await world.quit();
    }
    const presses = await type(world.app, programs.rounds);
    const start: Figure = {
      part: "window",
      what: "start to rows painted and a field for keys, median, beside an empty window",
      measured: percentile(own, 50),
      unit: "ms",
      reference: percentile(reference, 50),
      ratio_bound: 1.25,
    };
    return [
      start,
      plain("key press to the frame after its last change, p50", percentile(presses, 50), "ms"),
      {
        ...plain("key press to the frame after its last change, p95", percentile(presses, 95), "ms"),
        bound: 33,
      },
      ...memory(world),
    ];
  } finally {
    await world.close();
  }
}

const plain = (what: string, measured: number, unit: string): Figure => ({
  part: "window",
  what,
  measured,
  unit,
});

type Stopwatch = { path: string; startedAt: () => number };

/** A program that notes when it is started. */
function stopwatch(world: World, program: string, name: string): Stopwatch {
  const path = join(world.ground.folder, `start-${name}`);
  const note = `${path}.at`;
  writeFileSync(path, `#!/bin/sh\ndate +%s%N > '${note}'\nexec '${program}' "$@"\n`);
  chmodSync(path, 0o700);
  return { path, startedAt: () => Number(readFileSync(note, "utf8")) / 1e6 };
}

/** How long a start took, in milliseconds. */
async function started(app: App, { startedAt }: Stopwatch, text: string, hasRows: boolean): Promise<number> {
  return (await app.driver.executeAsyncScript<number>(painted, text, hasRows)) - startedAt();
}

/** Types every question letter by letter, each letter once the one before is seen, and returns what each took. */
async function type(app: App, rounds: number): Promise<number[]> {
  await app.run(watch);
  await app.press("/");
  const all: number[] = [];
  for (const question of Array.from({ length: rounds }, () => questions).flat()) {
    for (const letter of question) {
      await app.press(letter);
      const took = await app.driver.executeAsyncScript<number | null>(atRest);
      // A key that finds the same as the one before changes nothing.
      if (took !== null) all.push(took);
    }
    await app.press(Key.ESCAPE);
  }
  const typed = rounds * questions.join("").length;
  if (all.length < typed / 2)
    throw new Error(`of ${typed} keys only ${all.length} were seen to change anything`);
  return all;
}

/** What the program's own process has, without those of the web view. */
function memory(world: World): Figure[] {
  const { own, shared, mapped } = memoryOf(world);
  return [
    { ...plain("core: memory of its own (private)", own, "MB"), bound: 80 },
    plain("core: with its share of what others map, too (PSS)", shared, "MB"),
    plain("core: with all that it maps (RSS)", mapped, "MB"),
  ];
}

function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
