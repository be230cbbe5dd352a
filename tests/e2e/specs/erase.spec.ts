// Everything on this computer goes, and the program goes on as new.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { filesBelow } from "../world/secrets";

const here = inWorld();

/** Files of the program's data that have to do with servers, sign-ins or what was seen. */
function kept(): string[] {
  const names = [...filesBelow(here.world.ground.env.XDG_DATA_HOME ?? "")].map((path) => basename(path));
  return names.filter((name) => /^(desk.*\.json|.*\.db(-wal|-shm)?)$/u.test(name)).sort();
}

test("erasing everything leaves no server, no sign-in, nothing that was seen and no line of the log", async () => {
  const { app, person, world } = here;
  await person.moveIn(["admin", "client"], { remember: true });
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await app.byRole("heading", person.t("lines.title")).wait();
  expect(kept()).toEqual(expect.arrayContaining(["cache.db", "desk.json", "journal.db"]));

  await person.goTo("settings");
  await app.byRole("link", person.t("settings.section.data")).click();
  await app.byRole("button", person.t("data.erase")).click();
  const dialog = app.byRole("alertdialog");
  await dialog.byRole("button", person.t("data.eraseConfirm")).click();
  await app.byRole("button", person.t("connect.demo")).wait();
  expect(kept()).toEqual([]);
  const log = [...filesBelow(world.ground.env.XDG_DATA_HOME ?? "")].find((path) => path.endsWith(".log"));
  expect(readFileSync(log ?? "", "utf8")).not.toContain("started");

  await world.restart();
  await here.app.byRole("button", person.t("connect.demo")).wait();
  await here.person.moveIn(["admin", "client"]);
  await here.person.chooseIntercom("Подъезд 1");
  await here.app.byRole("grid", person.t("flats.title")).wait();
});
