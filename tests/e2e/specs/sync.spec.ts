// The program reads the whole building by itself: what nobody looked at is there without the server, and what changed is told.

import { Key } from "selenium-webdriver";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { notations } from "../world/notations";
import { waitFor } from "../world/waiting";

// Reading without being asked is off in all other worlds: they count what they ask for.
const byItself = { env: { GATEHOUSE_SYNC: "auto" } };
const here = inWorld({ app: byItself });

/** A flat that no screen of this spec opens before it is looked for, with whom it was given before the first start. */
const PLACE = { intercom: 22, flat: "150", title: "Подъезд 2" };
const PERSON = "Щукина Прасковья";
const KEY = "0000000A5B7C3D";

const option = (name: RegExp) => here.app.byRole("option", name);
const progress = () => here.app.byRole("group", here.person.t("sync.title"));

/** The record id of a flat of an intercom, as the server's own list has it. */
async function recordOf(intercom: number, number: string): Promise<number> {
  const { server } = here.world;
  const ask = server.asAnotherDesk();
  const { access_token } = await ask<{ access_token: string }>(
    "POST",
    "/api/admin/v1/auth/token",
    server.admin,
  );
  const path = `/api/admin/v1/intercoms/${intercom}/flats?per_page=500&page=1`;
  const { data } = await ask<{ data: { id: number; flat: string | number }[] }>(
    "GET",
    path,
    undefined,
    access_token,
  );
  const found = data.find(({ flat }) => String(flat) === number);
  if (found === undefined) throw new Error(`No flat ${number} among ${data.length}`);
  return found.id;
}

/** Waits in the settings until everything was read, and nothing is being read any more. */
async function everythingIsRead(): Promise<void> {
  const { app, person } = here;
  await person.goTo("settings");
  await progress().gone();
  await app.shows(new RegExp(`${person.t("sync.completed")} (?:just now|\\d+ min)`, "u"));
}

async function refreshEverything(): Promise<void> {
  await here.person.goTo("settings");
  await here.app.byRole("button", /^Refresh everything/u).click();
  await progress().wait();
}

test("after the sign-in the building is read by itself, with nobody looking", async () => {
  const { person, world } = here;
  const flat = await recordOf(PLACE.intercom, PLACE.flat);
  const user = await world.server.edit({
    ...{ kind: "add_resident", intercom: PLACE.intercom, flat },
    ...{ name: PERSON, login: "shchukina@example.org" },
  });
  await world.server.edit({ kind: "add_key", intercom: PLACE.intercom, flat, key: KEY, user: user ?? 0 });
  await person.moveIn();
  await everythingIsRead();
  expect(await world.server.count("list_flats")).toBeLessThan(20);
  expect(await world.server.count("get_flat")).toBeGreaterThan(250);
});

test("without the server, after a restart, a flat, a person and a key nobody looked at are found, with their age", async () => {
  const { person, world } = here;
  await world.server.refuse();
  await world.restart(byItself);
  await here.app.byRole("region", person.t("intercoms.title")).wait();
  await person.search(PLACE.flat);
  await option(new RegExp(`^Flat ${PLACE.flat} .*${PLACE.title}`, "u")).wait();
  await person.search("прасков");
  const found = option(new RegExp(`${PERSON} .*${PLACE.flat}`, "u"));
  expect(await (await found.wait()).text()).toMatch(/just now|\d+ min/u);
  for (const [typed, how] of notations(KEY)) {
    await person.search(typed);
    await option(new RegExp(`${KEY}.*${person.t(how)}.*${PLACE.flat}`, "u")).wait();
  }
});

test("when the server is back the screen catches up with what is read anew, and stays where it is", async () => {
  const { app, person, world } = here;
  await app.press(Key.ESCAPE, Key.ESCAPE);
  await world.server.accept();
  await waitFor("a server that is back", async () => !/cannot be reached since/u.test(await app.text()));
  await everythingIsRead();
  await world.server.fault("get_flat", { kind: "latency", ms: 400 }, null);
  await refreshEverything();
  await person.button("sync.pauseNamed").click();
  await progress().reads(person.t("sync.paused", { flats: "" }));

  await person.goTo("buildings");
  await person.chooseIntercom(PLACE.title);
  await person.openFlat("216");
  await app.byRole("heading", /^Residents · \d+$/u).wait();
  const flat = await recordOf(PLACE.intercom, "216");
  await world.server.edit({
    ...{ kind: "add_resident", intercom: PLACE.intercom, flat },
    ...{ name: "Жданов Клим", login: "zhdanov@example.org" },
  });
  await world.server.edit({
    ...{ kind: "remove_flat", intercom: PLACE.intercom },
    flat: await recordOf(PLACE.intercom, PLACE.flat),
  });
  await world.server.clear();
  await person.button("sync.resumeNamed").click();
  await app.shows("Жданов Клим");
  await app.byRole("heading", person.t("flats.flat", { number: "216" })).wait();
});

test("what the server has no longer is found, and said to be gone", async () => {
  const { person } = here;
  await refreshEverything();
  await everythingIsRead();
  await person.search("прасков");
  await option(new RegExp(`${PERSON} .*gone since \\d\\d:\\d\\d today`, "u")).wait();
  await person.search(KEY);
  await option(new RegExp(`${KEY}.*gone since`, "u")).wait();
});

test("a list that could not be read is named with the reason, and read with one press", async () => {
  const { app, person, world } = here;
  await world.server.fault("list_keys", { kind: "status", status: 422 }, 1);
  await refreshEverything();
  await app.shows(/1 list could not be read/u);
  await progress().reads(/Not read: keys \(/u);
  await person.goTo("codes");
  await progress()
    .byRole("button", /^Try again/u)
    .click();
  await everythingIsRead();
  expect(await app.text()).not.toContain("could not be read");
});

test("ended in the middle, it goes on where it was and asks for nothing twice", async () => {
  const { world } = here;
  await world.server.fault("get_flat", { kind: "latency", ms: 300 }, null);
  const before = await asked();
  await refreshEverything();
  await world.server.receives("get_flat", before.flats + 60);
  await world.kill();
  await world.server.clear();
  await world.start(byItself);
  await everythingIsRead();
  const between = await asked();
  await refreshEverything();
  await everythingIsRead();
  const after = await asked();
  // What was under way when it ended is asked for again; it was never more than eight.
  for (const what of ["flats", "keys"] as const) {
    const [broken, whole] = [between[what] - before[what], after[what] - between[what]];
    expect(broken).toBeGreaterThanOrEqual(whole);
    expect(broken).toBeLessThanOrEqual(whole + 8);
  }
});

/** How many flats and pages of lists of keys have been asked for so far. */
async function asked(): Promise<{ flats: number; keys: number }> {
  const { server } = here.world;
  return { flats: await server.count("get_flat"), keys: await server.count("list_keys") };
}
