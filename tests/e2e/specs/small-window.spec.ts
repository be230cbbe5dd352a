// The smallest window there is: what is needed stays in sight, whatever else there is to tell.

import { Key } from "selenium-webdriver";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { waitFor } from "../world/waiting";

const here = inWorld({ language: "ru" });

beforeAll(async () => {
  await here.app.resize(1024, 640);
  await here.person.moveIn(["admin"]);
  await here.person.chooseIntercom("Подъезд 1");
});

beforeEach(async () => {
  await here.world.server.clear();
});

/** How much of each of these is inside the window and inside everything that scrolls around it, from 0 to 1. */
function inSight(selector: string): Promise<number[]> {
  return here.app.run<number[]>(
    `return [...document.querySelectorAll(arguments[0])].map((element) => {
       const box = element.getBoundingClientRect();
       let top = Math.max(box.top, 0), bottom = Math.min(box.bottom, window.innerHeight);
       for (let around = element.parentElement; around !== null; around = around.parentElement) {
         if (getComputedStyle(around).overflowY === "visible") continue;
         const room = around.getBoundingClientRect();
         top = Math.max(top, room.top);
         bottom = Math.min(bottom, room.bottom);
       }
       return Math.max(0, bottom - top) / box.height;
     });`,
    selector,
  );
}

test("the form for an intercom is there with its button, whatever it asks for and finds wrong", async () => {
  const { app, person } = here;
  await person.button("intercoms.addOpen").click();
  const form = app.byRole("form", person.t("intercoms.addOpen"));
  for (const kind of ["id", "mac", "external_id"] as const) {
    await form.byRole("radio", person.t(`intercoms.by.${kind}`)).press(Key.SPACE);
    await form.byRole("button", person.t("intercoms.add")).press(Key.ENTER);
    await form.byRole("textbox").has("aria-invalid", "true");
    await app.settled();
    expect(await inSight("form button[type=submit]"), kind).toEqual([1]);
    expect(await inSight("form input[inputmode]"), kind).toEqual([1]);
  }
  await app.press(Key.ESCAPE);
});

/** Whether the row the keyboard is at is the one of this flat, if one is named, and lies whole between the list's head and its end. */
function activeRowIsInSight(flat = ""): Promise<boolean> {
  return here.app.run<boolean>(
    `const grid = document.querySelector("[role=grid]");
     const active = document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
     if (active === null || !active.closest("[role=row]").innerText.startsWith(arguments[0])) return false;
     const row = active.closest("[role=row]").getBoundingClientRect();
     const room = grid.getBoundingClientRect();
     const head = grid.querySelector("[role=rowgroup]").getBoundingClientRect();
     return row.top >= head.bottom - 1 && row.bottom <= room.bottom + 1;`,
    flat,
  );
}

test("the arrows keep the row they lead to in sight, down and up again", async () => {
  const { app, person } = here;
  await app.byRole("grid", person.t("flats.title")).wait();
  const rows = await app.run<string>(
    `const grid = document.querySelector("[role=grid]");
     grid.focus();
     return grid.getAttribute("aria-rowcount");`,
  );
  expect(Number(rows)).toBeGreaterThan(50);
  for (const [key, count] of [
    [Key.ARROW_DOWN, 25],
    [Key.ARROW_UP, 24],
    [Key.END, 1],
    [Key.HOME, 1],
  ] as const) {
    for (let pressed = 0; pressed < count; pressed += 1) {
      await app.press(key);
      await waitFor("the active row in sight", () => activeRowIsInSight());
    }
  }
});

test("beside an open flat the words of its button are whole", async () => {
  const { app, person } = here;
  await person.openFlat("45");
  await app.settled();
  const [words, button] = await app.run<[number, number]>(
    `const button = [...document.querySelectorAll("button")].find((each) => each.innerText.trim() === arguments[0]);
     const words = document.createRange();
     words.selectNodeContents(button);
     return [words.getBoundingClientRect().height, button.clientHeight];`,
    person.t("intercoms.addOpen"),
  );
  expect(words).toBeLessThanOrEqual(button);
  await app.press(Key.ESCAPE);
});

test("the row of a flat that the search led to is in sight beside its pane", async () => {
  const { app, person } = here;
  await app.chord(Key.CONTROL, "k");
  await person.search("1-77");
  await app.byRole("option", /77/u).waitForAny();
  await app.chord(Key.CONTROL, Key.ENTER);
  await app.byRole("heading", person.t("flats.flat", { number: "77" })).wait();
  await app.settled();
  await waitFor("the flat's row in sight", () => activeRowIsInSight("77"));
  await app.press(Key.ESCAPE, Key.ESCAPE);
});

test("however much there is to tell of a list, five of its rows are in sight", async () => {
  const { app, person, world } = here;
  const panel = app.byRole("region", person.t("flats.title"));
  await person.openFlat("45");
  await world.server.fault("switch_lines", { kind: "status", status: 403 });
  await person.turn("smartphone");
  await person.aboutLine("smartphone").byRole("alert").wait();
  await person.button("common.close").click();
  await app.byRole("searchbox", person.t("flats.filter")).fill("");
  await world.server.fault("list_flats", { kind: "bad_record" });
  await panel.byRole("button", person.t("common.refresh")).click();
  await app.shows(person.t("flats.partialTitle"));
  await world.server.fault("list_flats", { kind: "status", status: 500 }, null);
  await panel.byRole("button", person.t("common.refresh")).click();
  await panel.byRole("alert").wait();
  await app.settled();
  expect(await app.byRole("region", person.t("lines.changes")).count()).toBe(1);
  const rows = await inSight("[role=grid] [role=row][aria-label]");
  expect(rows.filter((part) => part > 0.9).length).toBeGreaterThanOrEqual(5);
  // What does not fit is reached with the keyboard.
  await panel.byRole("region", person.t("common.notes")).has("tabindex", "0");
});

test("what a narrow list of keys has no column for stands in its rows", async () => {
  const { app, person, world } = here;
  await world.server.clear();
  await person.view("fobs.title");
  await app.byRole("grid", person.t("fobs.title")).wait();
  await app
    .byRole("row", /^Ключ/u)
    .byRole("gridcell", /^[0-9a-f]{8}/iu)
    .clickFirst();
  await app.byRole("region", /^Квартира/u).wait();
  await app.settled();
  await app.byRole("grid", person.t("fobs.title")).reads(new RegExp(`${person.t("fobs.created")}: `));
  expect((await inSight("[role=grid] [role=row][aria-label] [role=gridcell]:nth-child(4)"))[0]).toBe(1);
});
