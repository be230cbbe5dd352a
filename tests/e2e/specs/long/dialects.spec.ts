// The first path against every version of the server, each with the calls its documentation has and no others: nothing lists
// all intercoms, and nothing lists the codes issued for flats.

import { describe, expect, test } from "vitest";
import { inWorld } from "../../world/inWorld";
import { type Dialect, dialects } from "../../world/server";

const has = {
  keys: (dialect: Dialect) => dialect !== "23.12",
  names: (dialect: Dialect) => dialect === "25.12",
  deletingAdminCodes: (dialect: Dialect) => dialect !== "23.12",
  landline: (dialect: Dialect) => dialect !== "24.12",
};

describe.each(dialects)("version %s", (dialect) => {
  const here = inWorld({
    server: { args: ["--dialect", dialect, "--no-admin-list", "--no-admin-codes-list"] },
  });
  const issued = { byFlat: "", byIntercom: "" };

  test("its certificate is trusted, both accounts sign in, and the client account's intercoms are there", async () => {
    const { app, person } = here;
    await person.moveIn();
    await app.shows(person.t("intercoms.sourceState.admin_list.not_offered"));
    await person.chooseIntercom("Подъезд 1");
    await app.shows(person.t("flats.count", { count: 120 }));
  });

  test("an intercom is added by its id, and named where billing names it", async () => {
    const { app, person } = here;
    await person.addIntercom("22");
    const name = has.names(dialect) ? "Подъезд 2" : person.t("intercoms.onlyId", { id: 22 });
    await app.byRole("heading", name).wait();
    await app.shows(person.t("flats.count", { count: 96 }));
  });

  test("a flat shows its residents and keys, and of each line what the version tells", async () => {
    const { app, person } = here;
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    await app.byRole("heading", new RegExp(`^${person.t("flats.residents")} · \\d`, "u")).wait();
    await app.byRole("heading", new RegExp(`^${person.t("flats.keys")} · \\d`, "u")).wait();
    await person.line("analog").wait();
    await person.line("smartphone").wait();
    if (has.landline(dialect)) await person.line("landline").wait();
    else await person.aboutLine("landline").reads(person.t("lines.state.unknown"));
  });

  test("a line is switched under the contract's name, and shown as the server answered", async () => {
    const { person, world } = here;
    const on = await person.switchLine("smartphone");
    const [request] = await world.server.received("switch_lines");
    expect(request).toMatchObject({
      status: 200,
      body: { intercom_id: 21, is_smartphone_sip_line_available: on },
    });
  });

  test("a code is issued for the flat, and ends when it was meant to", async () => {
    const { app, person, world } = here;
    await person.prepareCode("Courier");
    await person.codeForm.byRole("radio", person.t("issue.preset.60")).click();
    const asked = Date.now();
    await person.sendCodeForm();
    issued.byFlat = await person.issuedCode();
    expect(await app.text()).not.toContain(person.t("issue.differs"));
    const code = (await world.server.codes()).find((each) => each.code === issued.byFlat);
    const minutes = (Date.parse(code?.expired_at ?? "") - asked) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThan(62);
  });

  test("a code is issued at the intercom, and the list has both", async () => {
    const { app, person } = here;
    await person.button("common.close").click();
    await person.button("intercoms.code").click();
    await person.codeForm.byRole("radio", person.t("issue.preset.60")).click();
    await person.sendCodeForm();
    issued.byIntercom = await person.issuedCode();
    expect(await app.text()).not.toContain(person.t("issue.differs"));
    await person.goTo("codes");
    await app.byRole("row", new RegExp(`^${issued.byFlat} Courier`, "u")).wait();
    // Both dates of the server's are read in its zone: an hour is left, whatever form they have.
    await app.byRole("row", new RegExp(`^${issued.byIntercom}`, "u")).reads(/\b(?:1 h|60 min|5[89] min)\b/u);
  });

  test("a code from the resident's app is deleted", async () => {
    const { app, person, world } = here;
    await person.openCode(new RegExp(`^${issued.byIntercom}`, "u"));
    await person.deleteOpenCode();
    await app.byRole("row", new RegExp(`^${issued.byIntercom}`, "u")).gone();
    expect((await world.server.codes()).some(({ code }) => code === issued.byIntercom)).toBe(false);
    await app
      .byRole("region", person.t("codes.deletion"))
      .byRole("button", person.t("codes.closeResults"))
      .click();
  });

  test("a code for a flat is deleted, or it is said why not", async () => {
    const { app, person, world } = here;
    await person.openCode(new RegExp(`^${issued.byFlat}`, "u"));
    if (has.deletingAdminCodes(dialect)) {
      await person.deleteOpenCode();
    } else {
      await person.button("codes.delete").click();
      await app
        .byRole("alertdialog")
        .byRole("button", person.t("codes.deleteSelected", { count: 1 }))
        .click();
      await app.byRole("region", person.t("codes.deletion")).reads(person.t("codes.outcome.kept"));
      await app.shows(person.t("codes.cannotDelete.not_offered"));
    }
    const there = (await world.server.codes()).some(({ code }) => code === issued.byFlat);
    expect(there).toBe(!has.deletingAdminCodes(dialect));
  });

  test("the keys of an intercom are listed, or it is said where they stand", async () => {
    const { app, person } = here;
    await person.goTo("buildings");
    await person.chooseIntercom("Подъезд 1");
    await person.view("fobs.title");
    if (!has.keys(dialect)) {
      await app.shows(person.t("fobs.notOffered"));
      return;
    }
    await app.byRole("grid", person.t("fobs.title")).wait();
    // Three keys of this entrance belong to no flat.
    const found = app.byRole("searchbox", person.t("fobs.filter"));
    await found.fill("0000");
    await app.byRole("row", new RegExp(`^${person.t("fobs.row", { key: "" })}`, "u")).waitForAny();
  });

  test("the settings name the version, and what of it answers", async () => {
    const { app, person } = here;
    await person.goTo("settings");
    await app.shows(`${dialect}.0.0`);
    const state = await person.capabilities();
    const expected = (there: boolean) => person.t(`capabilities.stateOf.${there ? "answers" : "missing"}`);
    expect(state.get(person.t("capabilities.name.keys"))).toBe(expected(has.keys(dialect)));
    expect(state.get(person.t("capabilities.name.show_intercom"))).toBe(expected(has.names(dialect)));
    // What was refused once gets another chance with the check; it is not tried for the sake of knowing.
    expect(state.get(person.t("capabilities.name.delete_admin_codes"))).toBe(
      person.t(`capabilities.stateOf.${has.deletingAdminCodes(dialect) ? "answers" : "unknown"}`),
    );
    expect(state.get(person.t("capabilities.name.admin_codes"))).toBe(expected(false));
  });

  test("after a restart everybody is still signed in", async () => {
    const { person, world } = here;
    await world.restart();
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    expect(await world.server.count("sign_in_admin")).toBe(1);
    expect(await world.server.count("sign_in_client")).toBe(1);
  });
});
