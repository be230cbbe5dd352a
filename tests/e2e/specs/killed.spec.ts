// The program is ended as a power cut does, at several points of its life, and started again.
//
// Nothing that was under way is repeated by the next start, and what was asked for is still told.

import { Key } from "selenium-webdriver";
import { beforeAll, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";

const here = inWorld();

beforeAll(async () => {
  await here.person.moveIn();
});

/** Started again, somebody is signed in and the buildings are there, and nobody signed in anew. */
async function expectWhole(): Promise<void> {
  const { person, world } = here;
  await person.chooseIntercom("Подъезд 1");
  await here.app.byRole("grid", person.t("flats.title")).wait();
  expect(await here.app.byRole("alert").count()).toBe(0);
  expect(await world.server.count("sign_in_admin")).toBe(1);
  expect(await world.server.count("sign_in_client")).toBe(1);
}

test("right after signing in", async () => {
  await here.world.killAndStart();
  await expectWhole();
});

test("in the middle of a start", async () => {
  const { world } = here;
  await world.kill();
  for (const log of ["INFO gatehouse: started", "answered call="]) {
    await world.startAndKillAt(log);
  }
  await world.start();
  await expectWhole();
});

test("while preferences are being written: they are the old ones or the new ones, and whole", async () => {
  const { person, world } = here;
  await person.changeThemesWithoutEnd();
  await world.preferencesAreWritten();
  await world.killAndStart();
  await person.goTo("settings");
  const theme = here.app.byRole("group", person.t("settings.theme"));
  await theme.wait();
  const chosen = [];
  for (const name of ["settings.light", "settings.dark", "settings.system"] as const) {
    if (await theme.byRole("radio", person.t(name)).checked()) chosen.push(name);
  }
  expect(chosen).toHaveLength(1);
  expect(chosen).not.toEqual(["settings.system"]);
  await person.goTo("buildings");
  await expectWhole();
});

test("while a code is on its way: it is not asked for a second time", async () => {
  const { person, world } = here;
  await person.openFlat("45");
  await person.prepareCode("Courier");
  await world.server.fault("create_code_admin", { kind: "stall" });
  // Where the server lists such codes, the list may settle what became of it before anybody has seen the row.
  await world.server.fault("list_codes_admin", { kind: "status", status: 500 }, null);
  await person.codeForm.byRole("textbox", person.t("issue.title")).press(Key.ENTER);
  await world.server.receives("create_code_admin", 1);
  await world.killAndStart();
  await expectWhole();
  await person.goTo("codes");
  // What was asked for is on the list, and nobody claims to know what became of it.
  await here.app.byRole("row", /Courier/).reads(person.t("codes.state.unresolved"));
  expect(await world.server.count("create_code_admin")).toBe(1);
  await world.server.clear();
});

test("while a line is on its way: it is not switched a second time", async () => {
  const { person, world } = here;
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await world.server.fault("switch_lines", { kind: "stall" });
  await person.line("analog").click();
  await world.server.receives("switch_lines", 1);
  await world.killAndStart();
  await expectWhole();
  await person.openFlat("45");
  await person.line("analog").wait();
  expect(await world.server.count("switch_lines")).toBe(1);
});
