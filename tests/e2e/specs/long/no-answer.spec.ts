// A server that takes a request and never answers: what was only read is told as such after half a minute; what was to be
// changed is told as perhaps done, and asked for once.

import { beforeAll, expect, test } from "vitest";
import { inWorld } from "../../world/inWorld";
import { waitFor } from "../../world/waiting";

const here = inWorld();
const longWait = 120_000;

beforeAll(async () => {
  await here.person.moveIn();
  await here.person.chooseIntercom("Подъезд 1");
  await here.person.openFlat("45");
});

test("a switch that is never answered may have been done", { timeout: 180_000 }, async () => {
  const { person, world } = here;
  await world.server.fault("switch_lines", { kind: "stall" });
  const reads = await world.server.count("get_flat");
  await person.line("analog").click();
  const note = person.aboutLine("analog").byRole("alert");
  await note.wait(longWait);
  await note.reads(person.t("errors.write_unknown.title"));
  // The flat is read again by itself, so that what is shown is newer than the switch, whatever became of it.
  await waitFor("the flat to be read again", async () => (await world.server.count("get_flat")) > reads);
  expect(await world.server.count("switch_lines")).toBe(1);
});

test("a list that is never answered can be asked for again", { timeout: 240_000 }, async () => {
  const { app, person, world } = here;
  await world.server.fault("list_flats", { kind: "stall" }, null);
  const panel = app.byRole("region", person.t("flats.title"));
  await panel.byRole("button", person.t("common.refresh")).click();
  await panel.byRole("alert").wait(longWait);
  await panel.byRole("alert").reads(/127\.0\.0\.1/u);
  await world.server.clear();
  await panel.byRole("alert").byRole("button", person.t("common.tryAgain")).click();
  await panel.byRole("alert").gone();
});
