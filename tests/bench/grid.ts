// How a long list scrolls in the program's own window, beside a virtual list with nothing in its rows: the same library, the
// same number and height of rows, in the same page, by turns. docs/benchmarks.md says what exactly is measured.

import { build } from "vite";
import type { App } from "../e2e/world/app";
import { waitFor } from "../e2e/world/waiting";

export type GridFigure = {
  part: "grid";
  what: string;
  measured: number;
  unit: string;
  reference?: number;
  ratio_bound?: number;
};

/** As the program has it: `Grid.tsx`. */
const list = { rowHeight: 36, overscan: 8 };

/** Pixels a frame: about a notch of a wheel. */
const STEP = 120;

/** Of a second of scrolling, in milliseconds. */
type Scrolled = { frames: number[]; blank: number };

/** Scrolls `arguments[0]` for a while, a step each frame, up again at the end and so on, and tells how long each frame took. */
const scroll = `
  const [selector, step, milliseconds, done] = arguments;
  const scroller = document.querySelector(selector);
  const frames = [];
  let [last, blank, way, from] = [null, 0, 1, null];
  const tick = (now) => {
    if (last !== null) frames.push(now - last);
    from ??= now;
    last = now;
    if (now - from >= milliseconds) return done({ frames, blank });
    const most = scroller.scrollHeight - scroller.clientHeight;
    const next = scroller.scrollTop + way * step;
    if (next <= 0 || next >= most) way = -way;
    scroller.scrollTop = next;
    const rows = scroller.lastElementChild.children;
    const middle = rows[rows.length >> 1];
    if (middle === undefined || middle.textContent === "") blank += 1;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);`;

/** Measures the list of flats that is on screen; `what` is it. */
export async function measureList(
  app: App,
  what: string,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<GridFigure[]> {
  await prepare(app);
  const count = await app.run<number>(
    "return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1",
  );
  const own: Scrolled[] = [];
  const empty: Scrolled[] = [];
  const turn = (selector: string) =>
    app.driver.executeAsyncScript<Scrolled>(scroll, selector, STEP, milliseconds);
  for (let round = 0; round <= rounds; round += 1) {
    await app.run("document.querySelector('[role=grid]').scrollTop = 0");
    await app.settled();
    const grid = await turn("[role=grid]");
    await app.run(
      "window.hideEmptyList = window.showEmptyList(document.querySelector('[role=grid]'), arguments[0])",
      { count, ...list },
    );
    await waitFor("the empty list", () =>
      app.run<boolean>("return document.querySelector('[data-empty-list]')?.clientHeight > 0"),
    );
    const reference = await turn("[data-empty-list]");
    await app.run("window.hideEmptyList()");
    // The first round only warms.
    if (round > 0) {
      own.push(grid);
      empty.push(reference);
    }
  }
  const frames = (all: Scrolled[]) => all.flatMap((one) => one.frames);
  const blank = own.reduce((sum, one) => sum + one.blank, 0) / Math.max(1, frames(own).length);
  return [
    {
      ...figure(`a frame while ${what} scroll, on average`, mean(frames(own)), mean(frames(empty))),
      ratio_bound: 1.05,
    },
    figure("p95 of the frames", percentile(frames(own), 95), percentile(frames(empty), 95)),
    figure("the longest frame, median of the rounds", longest(own), longest(empty)),
    { part: "grid", what: "frames with a row still empty", measured: blank * 100, unit: "%" },
  ];
}

function figure(what: string, measured: number, reference: number): GridFigure {
  return { part: "grid", what, measured, unit: "ms", reference };
}

/** Brings the empty list into the page, once. */
async function prepare(app: App): Promise<void> {
  if (await app.run<boolean>("return window.showEmptyList !== undefined")) return;
  const bundle = await build({
    configFile: false,
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", development: false } },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      lib: { entry: "tests/bench/emptyList.tsx", formats: ["iife"], name: "emptyList" },
    },
  });
  const output = (Array.isArray(bundle) ? bundle : [bundle]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const [code = ""] = output.flatMap((one) => (one.type === "chunk" ? [one.code] : []));
  await app.run(code);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const longest = (all: Scrolled[]) =>
  percentile(
    all.map((one) => Math.max(0, ...one.frames)),
    50,
  );

function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
