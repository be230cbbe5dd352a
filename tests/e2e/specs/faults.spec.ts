import { Key } from "selenium-webdriver";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";

// No page documents a list of the codes for flats.
const here = inWorld({ server: { args: ["--no-admin-codes-list"] } });

beforeAll(async () => {
  await here.person.moveIn();
});

beforeEach(async () => {
  await here.world.server.clear();
});

test("a lost answer to a code is told as perhaps done, sent once, and kept in the list until somebody has looked", async () => {
  const { app, person, world } = here;
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("12");
  await person.prepareCode("Piano tuner");
  await world.server.fault("create_code_admin", { kind: "reset_after" });
  await person.sendCodeForm();

  await app.byRole("alert").reads(person.t("errors.write_unknown.title"));
  expect(await world.server.received("create_code_admin")).toHaveLength(1);

  await person.button("issue.seeCodes").click();
  const row = app.byRole("row", `${person.t("codes.noDigits")} Piano tuner`);
  await row.click();
  await app.shows(person.t("codes.unresolvedTitle"));
  await person.button("codes.settle").click();
  await row.gone();
  expect(await world.server.received("create_code_admin")).toHaveLength(1);
});

test("an answer cut short is told as perhaps done, too", async () => {
  const { app, person, world } = here;
  const before = (await world.server.received("create_code_admin")).length;
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("12");
  await person.prepareCode("Chimney sweep");
  await world.server.fault("create_code_admin", { kind: "truncate" });
  await person.sendCodeForm();

  await app.byRole("alert").reads(person.t("errors.write_unknown.title"));
  // Habit presses Enter once more: nothing is sent a second time.
  await app.press(Key.ENTER);
  await app.byRole("heading", person.t("codes.title")).wait();
  expect(await world.server.received("create_code_admin")).toHaveLength(before + 1);
});

test("what the server refuses is said beside its field, with every text, and can be corrected and sent", async () => {
  const { person, world } = here;
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("14");
  await person.prepareCode("Piano tuner");
  await world.server.fault("create_code_admin", { kind: "unprocessable" });
  await person.sendCodeForm();
  await person.codeForm.byRole("alert").reads(person.t("errors.invalid.title"));

  await person.sendCodeForm();
  await person.issuedCode();
});

test("an answer that names another flat is said, not shown as done", async () => {
  const { app, person, world } = here;
  await app.press(Key.ESCAPE);
  await person.openFlat("13");
  await world.server.fault("switch_lines", { kind: "wrong_echo" });
  await person.line("analog").click();

  await person.aboutLine("analog").reads(person.t("lines.wrongFlatTitle"));
});

test("a refused switch leaves the line as it was", async () => {
  const { person, world } = here;
  const line = person.line("smartphone");
  const before = await line.attribute("aria-checked");
  await world.server.fault("switch_lines", { kind: "status", status: 403 });
  await line.click();

  await person.aboutLine("smartphone").byRole("alert").reads(person.t("errors.forbidden.title"));
  expect(await line.attribute("aria-checked")).toBe(before);
});

test("a changed certificate blocks everything until a person has decided", async () => {
  const { app, person, world } = here;
  const before = (await world.server.received("any")).length;
  await world.server.changeCertificate();
  await app.press(Key.ESCAPE);
  await person.button("common.refresh").click();

  await app.byRole("button", person.t("certificate.review")).clickFirst();
  await app.byRole("alertdialog").byRole("alert").reads(person.t("certificate.changedTitle"));
  expect((await world.server.received("any")).length).toBe(before);

  await app.byRole("alertdialog").byRole("button", person.t("certificate.trustNew")).click();
  await app.byRole("alertdialog").gone();
  await app.byRole("row", person.t("flats.flat", { number: "13" })).wait();
});
