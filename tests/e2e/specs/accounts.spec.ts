// What each account alone can show and do, and what stands where something cannot be done.

import { Key } from "selenium-webdriver";
import { describe, expect, test } from "vitest";
import { type Here, inWorld } from "../world/inWorld";

/** The server's own documented calls and no others: nothing lists every intercom, nor the codes for flats. */
const documented = ["--no-admin-list", "--no-admin-codes-list"];

/** What the settings say of the calls a server has, by their names in this language. */
async function capabilities({ person }: Here): Promise<(name: string) => string | undefined> {
  await person.goTo("settings");
  const all = await person.capabilities();
  return (name) => all.get(person.t(`capabilities.name.${name}` as "capabilities.name.flats"));
}

describe("the admin account alone", () => {
  const here = inWorld({ server: { args: [...documented, "--dialect", "25.12"] } });

  test("starts with no intercom, and says why", async () => {
    const { app, person } = here;
    await person.moveIn(["admin"]);
    await app.shows(person.t("intercoms.empty"));
    await app.shows(person.t("intercoms.sourceState.admin_list.not_offered"));
    await app.shows(person.t("intercoms.sourceState.client_list.no_account"));
  });

  test("shows an intercom added by its id, named by billing, with its flats and keys", async () => {
    const { app, person } = here;
    await person.addIntercom("21");
    await app.byRole("heading", "Подъезд 1").wait();
    await app.shows(person.t("intercoms.addedByYou"));
    await person.openFlat("45");
    await person.line("analog").wait();
    await person.view("fobs.title");
    await app.byRole("grid", person.t("fobs.title")).wait();
  });

  test("finds intercoms by MAC address and by the id billing has", async () => {
    const { app, person } = here;
    await person.button("intercoms.addOpen").click();
    const form = app.byRole("form", person.t("intercoms.addOpen"));
    await form.byRole("radio", person.t("intercoms.by.external_id")).press(Key.SPACE);
    await form.byRole("textbox", person.t("intercoms.externalId")).fill("L12-0022");
    await form.byRole("button", person.t("intercoms.add")).click();
    await app.byRole("heading", "Подъезд 2").wait();
  });

  test("asks for the client account where its codes would be", async () => {
    const { app, person } = here;
    expect(await person.button("intercoms.code").count()).toBe(0);
    await person.goTo("codes");
    await app.shows(person.t("codes.noAccount"));
    await app.byRole("button", person.t("accounts.client.signIn")).click();
    await app.byRole("alertdialog", person.t("accounts.client.signIn")).wait();
    await app.press(Key.ESCAPE);
    await app.byRole("alertdialog").gone();
  });

  test("the settings say what answers, and what nobody has tried", async () => {
    const state = await capabilities(here);
    const { t } = here.person;
    expect(state("flats")).toBe(t("capabilities.stateOf.answers"));
    expect(state("keys")).toBe(t("capabilities.stateOf.answers"));
    expect(state("show_intercom")).toBe(t("capabilities.stateOf.answers"));
    expect(state("admin_intercoms")).toBe(t("capabilities.stateOf.missing"));
    expect(state("client_codes")).toBe(t("capabilities.stateOf.unknown"));
    expect(state("switch_lines")).toBe(t("capabilities.stateOf.unknown"));
  });
});

describe("the client account alone", () => {
  const here = inWorld({ server: { args: documented } });

  test("lists its intercoms, and asks for the admin account where flats would be", async () => {
    const { app, person } = here;
    await person.moveIn(["client"]);
    await person.chooseIntercom("Подъезд 1");
    await app.shows(person.t("flats.noAccount"));
    await app.byRole("button", person.t("accounts.admin.signIn")).waitForAny();
    await person.view("fobs.title");
    await app.shows(person.t("fobs.noAccount"));
  });

  test("issues a code at an intercom, and deletes it", async () => {
    const { app, person, world } = here;
    await person.button("intercoms.code").click();
    await person.sendCodeForm();
    const code = await person.issuedCode();
    await person.goTo("codes");
    await person.openCode(new RegExp(`^${code}`));
    await person.deleteOpenCode();
    await app.byRole("row", new RegExp(`^${code}`)).gone();
    expect((await world.server.codes()).some((each) => each.code === code)).toBe(false);
  });

  test("offers no code for a flat, and says what it would take", async () => {
    const { app, person } = here;
    await person.button("codes.new").click();
    await app.shows(person.t("issue.needsAdmin"));
    await person.codeForm.wait();
  });
});

describe("a billing token alone", () => {
  const here = inWorld({
    server: { args: [...documented, "--dialect", "25.12", "--billing", "own"] },
  });

  test("is enough to come in, and to name an intercom", async () => {
    const { app, person, world } = here;
    await person.connect();
    await person.useBillingToken(world.server.billingToken);
    await person.enter();
    await person.addIntercom("21");
    await app.byRole("heading", "Подъезд 1").wait();
    await app.shows(person.t("flats.rangeTitle"));
    await app.shows(person.t("flats.range"));
  });

  test("switches lines by door number, unknown until the server has told", async () => {
    const { person, world } = here;
    await person.openFlat("45");
    await person.aboutLine("analog").reads(person.t("lines.state.unknown"));
    await person
      .aboutLine("analog")
      .byRole("button", person.t("lines.turnOnNamed", { line: person.t("lines.name.analog") }))
      .click();
    await person.line("analog").has("aria-checked", "true");
    const [request] = await world.server.received("switch_lines");
    expect(request).toMatchObject({
      status: 200,
      body: { intercom_id: 21, flat: 45, is_analog_line_available: true },
    });
  });
});

describe("a bare server", () => {
  const here = inWorld({ server: { args: ["--bare"] } });

  test("has no list of flats: one is opened by its record id", async () => {
    const { app, person } = here;
    await person.moveIn();
    await person.chooseIntercom("Подъезд 1");
    await app.shows(person.t("flats.notOfferedTitle"));
    await app.byRole("textbox", person.t("flats.recordId")).fill("545");
    await app.press(Key.ENTER);
    await app.byRole("heading", person.t("flats.flat", { number: "45" })).wait();
    await person.switchLine("analog");
  });

  test("has no list of keys, and says where they stand", async () => {
    const { app, person } = here;
    await person.view("fobs.title");
    await app.shows(person.t("fobs.notOffered"));
  });

  test("issues codes both ways, and deletes neither: the pane says why", async () => {
    const { app, person } = here;
    await person.view("flats.title");
    await person.button("intercoms.code").click();
    await person.sendCodeForm();
    const code = await person.issuedCode();
    await person.goTo("codes");
    await person.openCode(new RegExp(`^${code}`));
    await person.button("codes.delete").click();
    await app
      .byRole("alertdialog")
      .byRole("button", person.t("codes.deleteSelected", { count: 1 }))
      .click();
    const results = app.byRole("region", person.t("codes.deletion"));
    await results.reads(person.t("codes.outcome.kept"));
    await results.byRole("button", person.t("codes.closeResults")).click();
    await app.shows(person.t("codes.cannotDelete.not_offered"));
    expect(await person.button("codes.delete").count()).toBe(0);
  });

  test("lists no sessions, and the settings say so", async () => {
    const { app, person } = here;
    const state = await capabilities(here);
    for (const missing of ["admin_intercoms", "flats", "keys", "admin_codes", "sessions", "show_intercom"]) {
      expect([missing, state(missing)]).toEqual([missing, person.t("capabilities.stateOf.missing")]);
    }
    for (const there of [
      "client_intercoms",
      "client_codes",
      "flat_details",
      "switch_lines",
      "issue_for_intercom",
    ]) {
      expect([there, state(there)]).toEqual([there, person.t("capabilities.stateOf.answers")]);
    }
    // What changes something is not tried for the sake of knowing: checking again gives it another chance.
    expect(state("delete_client_codes")).toBe(person.t("capabilities.stateOf.unknown"));
    await person.unfold(person.t("sessions.ofClient"));
    await app.shows(person.t("sessions.listing.not_offered"));
  });

  test("signing out says that the session stays", async () => {
    const { app, person } = here;
    await person.signOutButton("client").click();
    await app.shows(person.t("signOut.session.stays"));
  });
});

describe("a server whose billing asks nobody", () => {
  const here = inWorld({ server: { args: ["--billing", "open", "--dialect", "25.12"] } });

  test("is warned of, in the settings", async () => {
    const { app, person } = here;
    await person.moveIn();
    await capabilities(here);
    await app.shows(person.t("warnings.billing_open.title"));
    await app.shows(person.t("warnings.billing_open.next"));
  });

  test("everything this server has answers", async () => {
    const { person } = here;
    await person.goTo("buildings");
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    const state = await capabilities(here);
    const asked = [
      "admin_intercoms",
      "flats",
      "flat_details",
      "keys",
      "admin_codes",
      "client_intercoms",
      "client_codes",
      "sessions",
      "show_intercom",
    ];
    for (const name of asked)
      expect([name, state(name)]).toEqual([name, person.t("capabilities.stateOf.answers")]);
  });

  test("a session that is not this desk's can be ended from here", async () => {
    const { app, person, world } = here;
    await world.server.asAnotherDesk()("POST", "/api/v1/token", world.server.client);
    await person.unfold(person.t("sessions.ofClient"));
    const list = app.byRole("list", person.t("sessions.title"));
    await list.reads(person.t("sessions.client.android"));
    await list
      .byRole("button", person.t("sessions.endNamed", { session: person.t("sessions.client.android") }))
      .click();
    await app.byRole("alertdialog").byRole("button", person.t("sessions.endConfirm")).click();
    // What is behind an open dialog cannot be found: it has to be closed before anything is called gone.
    await world.server.receives("end_session", 1);
    await app.byRole("alertdialog").gone();
    await list
      .byRole("button", person.t("sessions.endNamed", { session: person.t("sessions.client.android") }))
      .gone();
    expect(await world.server.received("end_session")).toHaveLength(1);
  });
});

describe("a server whose clock is wrong", () => {
  const here = inWorld({ server: { args: ["--clock-off", "47"] } });

  test("is told of, in the settings and with a code", async () => {
    const { app, person } = here;
    await person.moveIn();
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    await person.prepareCode("Courier");
    await person.sendCodeForm();
    await person.issuedCode();
    await person.goTo("settings");
    // Cut to whole minutes of an answer that took its time.
    await app.shows(new RegExp(person.t("warnings.clock.ahead", { span: "4[67] min" })));
  });
});
