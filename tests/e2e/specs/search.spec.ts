// One field finds everything this desk has seen: with the server there, and after a restart without it.

import { Key } from "selenium-webdriver";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { notations } from "../world/notations";
import { waitFor } from "../world/waiting";

const here = inWorld();

type SeenKey = { key: string; flat: string; owner: string };
let seen: SeenKey;
/** A Russian family name and a given name. */
const NAME = /^[А-ЯЁ][а-яё]{3,} [А-ЯЁ][а-яё]{2,}/u;

/** What the list of keys shows: the first key of a flat whose owner has a Russian name, with a letter in its digits. */
async function readOffTheKeys(): Promise<SeenKey> {
  const rows = await here.app.run<string[][]>(
    `return [...document.querySelectorAll("[role=grid] [role=row]")].map(
       (row) => [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.innerText.trim()));`,
  );
  const found = rows.find(
    ([key = "", flat = "", owner = ""]) =>
      /^[0-9A-F]{14}$/u.test(key) && /[A-F]/u.test(key.slice(-8)) && /^\d+$/u.test(flat) && NAME.test(owner),
  );
  const [key = "", flat = "", owner = ""] = found ?? [];
  if (key === "") throw new Error(`No such key among ${JSON.stringify(rows.slice(0, 8))}`);
  return { key, flat, owner: NAME.exec(owner)?.[0] ?? "" };
}

const option = (name: RegExp) => here.app.byRole("option", name);
const has = (...parts: string[]) =>
  new RegExp(parts.map((part) => part.replace(/[^\p{L}\p{N} ]/gu, ".")).join(".*"), "u");

async function findsFlat45(): Promise<void> {
  const { app, person } = here;
  await app.press("/");
  await waitFor("the focus in the field", async () => /^combobox/u.test(await app.focused()));
  await app.press("4", "5");
  await option(/^Flat 45 .*Подъезд 1/u).wait();
  await app.press(Key.ENTER);
  await app.byRole("heading", person.t("flats.flat", { number: "45" })).wait();
  const action = new RegExp(`^button ${person.t("issue.open")}`, "u");
  await waitFor("the focus on the first action", async () => action.test(await app.focused()));
}

async function findsTheOwner(): Promise<void> {
  const { app, person } = here;
  await app.chord(Key.CONTROL, "k");
  await person.search(seen.owner.slice(0, -1).toLowerCase());
  await option(has(seen.owner, person.t("search.inFlat", { number: seen.flat }))).waitForAny();
}

async function findsTheKeyInEveryNotation(): Promise<void> {
  const { person } = here;
  for (const [typed, how] of notations(seen.key)) {
    await person.search(typed);
    await option(has(seen.key, person.t(how), seen.flat)).wait();
  }
}

test("what the lists of an intercom showed is known from then on", async () => {
  const { app, person } = here;
  await person.moveIn();
  await person.chooseIntercom("Подъезд 1");
  await app.byRole("grid", person.t("flats.title")).wait();
  await person.view("fobs.title");
  await app.byRole("grid", person.t("fobs.title")).wait();
  await app.settled();
  seen = await readOffTheKeys();
});

test("a flat is found by its number and opened, with its first action ready", findsFlat45);

test("the owner of a key is found by a part of the name, in small letters", findsTheOwner);

test("a key is found however it is written, and it is said how it was read", async () => {
  await findsTheKeyInEveryNotation();
  const { app, person } = here;
  await app.press(Key.ENTER);
  await app.byRole("heading", person.t("flats.flat", { number: seen.flat })).wait();
});

test("what nobody here has seen is said to be unknown, with what can be done", async () => {
  const { app, person } = here;
  await person.search("qwertz");
  await app.shows(person.t("search.nothing", { text: "qwertz" }));
  await app.shows(person.t("search.nothingKey"));
  await app.press(Key.ESCAPE, Key.ESCAPE);
  expect(await app.focused()).not.toMatch(/^combobox|^body/u);
});

test("without the server, after a restart, the same is found, with its age", async () => {
  const { world } = here;
  await world.server.refuse();
  const asked = await world.server.count("switch_lines");
  await world.restart();
  await here.app.byRole("heading", "Подъезд 1").wait();
  await findsFlat45();
  await findsTheOwner();
  await findsTheKeyInEveryNotation();
  expect(await option(has(seen.key)).text()).toMatch(/just now|\d+ (?:s|min)/u);
  // Looking is all it does.
  expect(await world.server.count("switch_lines")).toBe(asked);
});
