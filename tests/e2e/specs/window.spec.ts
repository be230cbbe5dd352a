// The window among the other windows of a desktop: where it stands, how it closes, its menu, its size, its log.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Key } from "selenium-webdriver";
import { beforeAll, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { filesBelow } from "../world/secrets";
import { waitFor } from "../world/waiting";

const here = inWorld();

beforeAll(async () => {
  await here.person.moveIn();
});

/** Where the window is and how large, as the display says. */
function geometry(): Record<string, number> {
  const text = here.world.execute("xdotool", ["getwindowgeometry", "--shell", window()]);
  const all = Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => line.split("=")),
  );
  return { x: Number(all.X), y: Number(all.Y), width: Number(all.WIDTH), height: Number(all.HEIGHT) };
}

function window(): string {
  const found = here.world
    .execute("xdotool", ["search", "--onlyvisible", "--class", "gatehouse"])
    .trim()
    .split("\n");
  const [id] = found;
  if (id === undefined || id === "") throw new Error("The display shows no window of the program.");
  return id;
}

/** Presses keys as the keyboard of the desktop does: the window and its menu get them before the page. */
function keyboard(keys: string): void {
  here.world.execute("xdotool", ["windowfocus", "--sync", window()]);
  here.world.execute("xdotool", ["key", keys]);
}

const paints = existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));

test.skipIf(paints)("where no card paints, the program has nothing of OpenGL in its own process", () => {
  const [pid] = here.world.ground.running("gatehouse");
  const loaded = readFileSync(`/proc/${pid}/maps`, "utf8");
  expect(loaded).toContain("libwebkit2gtk");
  expect(loaded).not.toMatch(/libLLVM|libgallium|swrast_dri|lib(?:GLX|EGL)_mesa/u);
});

test("its size and place are there again after a restart, and after a power cut", async () => {
  const { world } = here;
  const wanted = { x: 120, y: 80, width: 1150, height: 760 };
  world.execute("xdotool", ["windowsize", "--sync", window(), String(wanted.width), String(wanted.height)]);
  world.execute("xdotool", ["windowmove", "--sync", window(), String(wanted.x), String(wanted.y)]);
  await waitFor("the window where it was put", () => expect(geometry()).toEqual(wanted) ?? true);
  const file = [...filesBelow(world.ground.home)].find((path) => path.endsWith("/window.json"));
  await waitFor("its place written down", () => {
    const { main } = JSON.parse(readFileSync(file ?? "", "utf8"));
    return main.x === wanted.x && main.width === wanted.width;
  });
  await world.killAndStart();
  await here.app.byRole("region", here.person.t("intercoms.title")).wait();
  await waitFor("the window where it was", () => expect(geometry()).toEqual(wanted) ?? true);
  await world.restart();
  await here.app.byRole("region", here.person.t("intercoms.title")).wait();
  await waitFor("the window where it was", () => expect(geometry()).toEqual(wanted) ?? true);
});

test("a second start ends by itself and leaves the first in front", async () => {
  const { world } = here;
  const [first] = world.ground.running("gatehouse");
  world.execute("xdotool", ["windowunmap", "--sync", window()]);
  const second = world.startSecond();
  await waitFor("the end of the second start", () => second.ended());
  expect(second.process.exitCode).toBe(0);
  expect(world.ground.running("gatehouse")).toEqual([first]);
  await waitFor("the first in sight", () => window() !== "");
});

test("the menu is there: its keys work, and F10 opens it", async () => {
  const { app, person, world } = here;
  keyboard("ctrl+2");
  await app.byRole("heading", person.t("codes.title")).wait();
  keyboard("ctrl+comma");
  await app.byRole("heading", person.t("settings.title")).wait();
  keyboard("ctrl+1");
  await app.byRole("region", person.t("intercoms.title")).wait();
  const windows = () =>
    world
      .execute("xwininfo", ["-root", "-tree"])
      .split("\n")
      .filter((line) => /IsViewable|gatehouse/iu.test(line)).length;
  const before = windows();
  keyboard("F10");
  await waitFor("an open menu", () => windows() > before);
  keyboard("Escape");
});

test("everything twice as large leaves everything reachable by scrolling, on every screen", async () => {
  const { app, person } = here;
  await app.resize(1280, 800);
  // The WebDriver clicks beside what is enlarged: so each screen is made ready first, and enlarged by keys.
  const zoomed = (factor: number) =>
    waitFor(`everything ${factor} times as large`, () =>
      app.run<boolean>("return Math.abs(innerWidth * arguments[0] - 1280) < 3", factor),
    );
  const screens = [
    ["settings", async () => {}],
    [
      "buildings",
      async () => {
        await person.chooseIntercom("Подъезд 1");
        await person.openFlat("45");
        await person.prepareCode("Courier");
      },
    ],
    ["codes", async () => person.openCode(/^\d/u)],
  ] as const;
  for (const [screen, prepare] of screens) {
    await person.goTo(screen);
    await prepare();
    for (const factor of [1.1, 1.25, 1.5, 1.75, 2]) {
      await app.chord(Key.CONTROL, "+");
      await zoomed(factor);
    }
    await app.settled();
    expect([screen, await app.outOfReach()]).toEqual([screen, []]);
    await app.chord(Key.CONTROL, "0");
    await zoomed(1);
  }
});

test("the log can be read and copied in the settings, and names nobody", async () => {
  const { app, person, world } = here;
  await person.goTo("settings");
  const log = app.byRole("region", person.t("log.title"));
  await log.reads(/started/u);
  world.copy("nothing yet");
  await person.button("log.copy").click();
  const copied = await waitFor("the log on the clipboard", () => {
    const text = world.clipboard();
    return text === "nothing yet" ? undefined : text;
  });
  expect(copied).toContain("started");
  for (const one of [world.server.admin, world.server.client]) {
    expect(copied).not.toContain(one.login);
    expect(copied).not.toContain(one.password);
  }
});

test("while a request is on its way it asks before it closes", async () => {
  const { app, person, world } = here;
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await world.server.fault("switch_lines", { kind: "stall" });
  await person.line("analog").click();
  await world.server.receives("switch_lines", 1);
  keyboard("ctrl+q");
  const dialog = app.byRole("alertdialog", person.t("closing.title"));
  await dialog.reads(person.t("closing.text"));
  await dialog.byRole("button", person.t("closing.wait")).click();
  await dialog.gone();
  keyboard("ctrl+q");
  await dialog.wait();
  // The window goes, and with it the way to ask about this click.
  void dialog
    .byRole("button", person.t("closing.close"))
    .click()
    .catch(() => undefined);
  await world.ended();
});

test("when nothing is on its way it closes at once", async () => {
  const { world } = here;
  await world.start();
  await here.app.byRole("region", here.person.t("intercoms.title")).wait();
  await here.app.settled();
  keyboard("ctrl+q");
  await world.ended();
});
