// What a person sees of everything a server can do: what happened, what is safe, what to do next.

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { expectTold, outcomes } from "../world/outcomes";

const here = inWorld({ server: { args: ["--no-admin-codes-list"] } });

beforeAll(async () => {
  await here.person.moveIn();
  await here.person.chooseIntercom("Подъезд 1");
});

beforeEach(async () => {
  await here.world.server.clear();
});

describe("when the server", () => {
  test.each(outcomes.map((outcome) => [`${outcome.when} (${outcome.place})`, outcome] as const))(
    "%s",
    async (_when, outcome) => {
      await expectTold(here, outcome);
    },
  );
});

test("a wait the server asks for is counted down, and trying again works when it is over", async () => {
  const { app, person, world } = here;
  const panel = app.byRole("region", person.t("flats.title"));
  // Longer than the core waits by itself.
  await world.server.fault("list_flats", { kind: "too_many_requests", retry_after: 6 });
  await panel.byRole("button", person.t("common.refresh")).click();
  const note = panel.byRole("alert");
  await note.reads(/\b[56]\b/);
  await note.reads(person.t("errors.tryNow"));
  await note.byRole("button", person.t("common.tryAgain")).click();
  await note.gone();
});

test("one broken record is named, and the others are shown", async () => {
  const { app, person, world } = here;
  const panel = app.byRole("region", person.t("flats.title"));
  for (const [how, problem] of [
    ["no_id", "id_missing"],
    ["huge_id", "id_out_of_range"],
    ["zero_id", "id_out_of_range"],
    ["negative_id", "id_out_of_range"],
    ["text_instead", "not_an_object"],
  ] as const) {
    await world.server.fault("list_flats", { kind: "bad_record", how });
    await panel.byRole("button", person.t("common.refresh")).click();
    await panel.reads(person.t("problems.title", { count: 1 }));
    await panel.reads(person.t(`problems.${problem}`));
    // What was known of the broken one before is not forgotten for it.
    await panel.reads(person.t("flats.partialTitle"));
    await app.byRole("row", person.t("flats.flat", { number: "1" })).wait();
    await panel.byRole("button", person.t("common.refresh")).click();
    await panel.reads(/^(?!.*1 record)/su);
    await app.shows(person.t("flats.count", { count: 120 }));
  }
});

test("types that a loosely typed server mixes up, and maps that are empty lists, are read all the same", async () => {
  const { app, person, world } = here;
  const panel = app.byRole("region", person.t("flats.title"));
  for (const kind of ["wrong_types", "empty_maps"] as const) {
    await world.server.fault("list_flats", { kind });
    await panel.byRole("button", person.t("common.refresh")).click();
    await app.settled();
    await app.byRole("row", person.t("flats.flat", { number: "1" })).wait();
    expect(await panel.byRole("alert").count()).toBe(0);
  }
});

test("a sign-in that has ended is asked for once, whatever was being read", async () => {
  const { app, person, world } = here;
  const panel = app.byRole("region", person.t("flats.title"));
  await world.server.expire("admin");
  await panel.byRole("button", person.t("common.refresh")).click();
  await person.signInAgain("admin");
  await panel.byRole("alert").gone();
  expect(await app.byRole("alertdialog").count()).toBe(0);
});

test("nothing that was told held a code, a title or a login", async () => {
  const { person, world } = here;
  const [code] = await world.server.codes();
  const note = await (async () => {
    await world.server.fault("list_codes", { kind: "status", status: 403 }, null);
    await person.goTo("codes");
    const codes = here.app.byRole("region", person.t("codes.title"));
    await codes.byRole("button", person.t("common.refresh")).click();
    return codes.byRole("alert");
  })();
  const details = await person.copiedDetails(note);
  for (const text of [code?.code ?? "none", code?.title ?? "none", world.server.client.login, "127.0.0.1"]) {
    expect(details).not.toContain(text);
  }
});

describe("where the server lists the codes of flats", () => {
  const there = inWorld();

  test("a code whose answer was lost is found in the list", async () => {
    const { app, person, world } = there;
    await person.moveIn();
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("13");
    await person.prepareCode("Lost and found");
    await world.server.fault("create_code_admin", { kind: "reset_after" });
    await person.sendCodeForm();
    await person.goTo("codes");
    await app.byRole("tab", new RegExp(`^${person.t("codes.filter.all")}`, "u")).click();
    await app.byRole("row", /^\d{5} Lost and found/u).wait();
    expect(await world.server.count("create_code_admin")).toBe(1);
  });
});
