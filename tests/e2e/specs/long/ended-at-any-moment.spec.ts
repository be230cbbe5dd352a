// `specs/killed.spec.ts` again and again, at other moments: after so many lines of log of a start, and in the middle of
// preferences being written. However often the power goes, the next start is whole.

import { beforeAll, expect, test } from "vitest";
import { inWorld } from "../../world/inWorld";

const here = inWorld();

beforeAll(async () => {
  await here.person.moveIn();
});

test("twenty starts cut short, one after the other", { timeout: 180_000 }, async () => {
  const { person, world } = here;
  await world.kill();
  for (let round = 0; round < 20; round += 1) await world.startAndKillAfter(1 + (round % 5));
  await world.start();
  await person.chooseIntercom("Подъезд 1");
  await here.app.byRole("grid", person.t("flats.title")).wait();
  expect(await world.server.count("sign_in_admin")).toBe(1);
  expect(await world.server.count("sign_in_client")).toBe(1);
});

test("ten times while preferences are being written", { timeout: 180_000 }, async () => {
  const { person, world } = here;
  for (let round = 0; round < 10; round += 1) {
    await person.changeThemesWithoutEnd();
    await world.preferencesAreWritten();
    await world.killAndStart();
  }
  await person.goTo("settings");
  const theme = here.app.byRole("group", person.t("settings.theme"));
  await theme.wait();
  expect(await theme.byRole("radio", person.t("settings.system")).checked()).toBe(false);
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  expect(await world.server.count("sign_in_admin")).toBe(1);
});
