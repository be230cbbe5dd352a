import { Key } from "selenium-webdriver";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { waitFor } from "../world/waiting";

// No page documents a list of the codes for flats.
const here = inWorld({ server: { args: ["--no-admin-codes-list"] } });
const issued: { byFlat: string; byIntercom: string } = { byFlat: "", byIntercom: "" };

test("a self-signed certificate is shown with its fingerprint, and nothing is sent before it is trusted", async () => {
  const { app, person, world } = here;
  await person.findServer(world.server.address);

  const decision = app.byRole("region", person.t("certificate.title"));
  const shown = (await decision.text()).replace(/[^0-9A-F]/g, "");
  expect(shown).toContain(world.server.fingerprint.replaceAll(":", ""));
  expect(await world.server.received("any")).toEqual([]);

  await person.button("certificate.trust").click();
  await app.byRole("region", person.t("accounts.admin.name")).wait();
});

test("both accounts sign in, one after the other", async () => {
  const { app, person } = here;
  await person.signIn("admin");
  await person.signIn("client");

  await person.button("connect.open").click();
  await app.byRole("region", person.t("intercoms.title")).wait();
});

test("an intercom shows its flats, and a flat its residents, keys and three lines", async () => {
  const { app, person } = here;
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");

  await app.byRole("heading", person.t("lines.title")).wait();
  await person.line("analog").wait();
  await person.line("smartphone").wait();
  await person.aboutLine("landline").reads(person.t("lines.state.unknown"));
});

test("a line is switched, and shown as the server answered", async () => {
  const { person, world } = here;
  const on = await person.switchLine("analog");

  const [request, ...more] = await world.server.received("switch_lines");
  expect(more).toEqual([]);
  expect(request).toMatchObject({ status: 200, body: { is_analog_line_available: on } });
});

test("a code is issued for the flat, and is on the clipboard", async () => {
  const { person, world } = here;
  await person.prepareCode("Courier");
  await person.sendCodeForm();
  issued.byFlat = await person.issuedCode();

  expect(await waitFor("the code on the clipboard", () => world.clipboard() || undefined)).toBe(
    issued.byFlat,
  );
  expect(await world.server.received("create_code_admin")).toMatchObject([
    { status: 200, body: { title: "Courier" } },
  ]);
});

test("a code is issued at the intercom, with the client account", async () => {
  const { app, person, world } = here;
  await app.press(Key.ESCAPE);
  await person.button("intercoms.code").click();
  await person.codeForm.byRole("textbox", person.t("issue.title")).fill("Plumber");
  await person.sendCodeForm();
  issued.byIntercom = await person.issuedCode();

  expect(await world.server.received("create_code_client")).toMatchObject([
    { status: 200, body: { title: "Plumber" } },
  ]);
});

test("the list of codes has both, and says that the server does not list the one by flat", async () => {
  const { app, person } = here;
  await person.goTo("codes");

  const byFlat = app.byRole("row", new RegExp(`^${issued.byFlat} Courier`));
  await byFlat.reads(person.t("codes.originOf.desk_unlisted"));
  const byIntercom = app.byRole("row", new RegExp(`^${issued.byIntercom} Plumber`));
  await byIntercom.reads(person.t("codes.originOf.desk_listed"));
});

test("after a restart everybody is still signed in", async () => {
  const { app, person, world } = here;
  await world.restart();

  // Where one was last.
  await here.app.byRole("heading", "Подъезд 1").wait();
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await person.goTo("codes");
  await here.app.byRole("row", new RegExp(`^${issued.byIntercom} Plumber`)).wait();

  expect(app).not.toBe(here.app);
  expect(await world.server.received("sign_in_admin")).toHaveLength(1);
  expect(await world.server.received("sign_in_client")).toHaveLength(1);
});

test("an expired sign-in is asked for once, and the form is as it was typed", async () => {
  const { person, world } = here;
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await person.prepareCode("Grandmother from Tver");
  const fourHours = person.codeForm.byRole("radio", person.t("issue.preset.240"));
  await fourHours.press(Key.SPACE);
  await world.server.expire("admin");
  await person.sendCodeForm();

  const prompt = person.signInPrompt("admin");
  await prompt.wait();
  expect(await prompt.byRole("textbox", person.t("signIn.login")).value()).toBe(world.server.admin.login);
  await prompt.byLabel(person.t("signIn.password")).fill(world.server.admin.password);
  await prompt.byRole("button", person.t("signIn.submit")).click();
  await prompt.gone();

  const title = person.codeForm.byRole("textbox", person.t("issue.title"));
  expect(await title.value()).toBe("Grandmother from Tver");
  expect(await fourHours.checked()).toBe(true);
});

test("the interrupted code is offered again, sent by nobody but the person, and then issued", async () => {
  const { person, world } = here;
  const again = person.codeForm.byRole("button", person.t("issue.submitStopped"));
  await again.wait();
  const statuses = async () => (await world.server.received("create_code_admin")).map(({ status }) => status);
  expect(await statuses()).toEqual([200, 401]);

  await again.press(Key.ENTER);
  await person.issuedCode();
  expect(await statuses()).toEqual([200, 401, 200]);
  const sent = (await world.server.received("create_code_admin")).map(({ body }) => body);
  expect(sent[2]).toMatchObject({ title: "Grandmother from Tver" });
});
