// What people type and servers send that is not what one would wish for.

import { Key } from "selenium-webdriver";
import { beforeAll, describe, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { waitFor } from "../world/waiting";

describe("an address", () => {
  const here = inWorld();

  test.each([
    ["nothing", "   ", "empty"],
    ["a script", "javascript:alert(1)", "scheme"],
    ["a file", "file:///etc/passwd", "scheme"],
    ["another scheme", "ftp://intercom.example", "scheme"],
    ["a space inside", "inter com.example", "host"],
    ["no port", "127.0.0.1:port", "port"],
    ["a port out of range", "127.0.0.1:70000", "port"],
    ["a login inside", "https://me:secret@intercom.example", "credentials"],
  ] as const)("with %s is refused beside its field, and nothing is sent", async (_what, typed, why) => {
    const { app, person, world } = here;
    await person.findServer(typed);
    const form = app.byRole("form", person.t("connect.title"));
    await form.reads(person.t(`errors.address.${why}`));
    await waitFor("the focus in the field", async () => (await app.focused()).startsWith("input"));
    expect(await world.server.count("any")).toBe(0);
  });

  test("in another script is looked up as such, and told when it is not there", async () => {
    const { app, person } = here;
    await person.findServer("домофон.invalid");
    await app
      .byRole("form", person.t("connect.title"))
      .byRole("alert")
      .reads(new URL("https://домофон.invalid").hostname);
  });

  test("without a scheme, with spaces around it, a path and a port leads to the server", async () => {
    const { app, person, world } = here;
    await person.findServer(`  ${new URL(world.server.address).host}/admin/  `);
    await app.byRole("region", person.t("certificate.title")).wait();
  });
});

describe("a title and an end", () => {
  // Clocks there go forward at 02:00 on the last Sunday of March.
  const here = inWorld({ timeZone: "Europe/Berlin" });

  beforeAll(async () => {
    await here.person.moveIn();
    await here.person.chooseIntercom("Подъезд 1");
    await here.person.openFlat("45");
    await here.person.button("issue.open").click();
  });

  const title = () => here.person.codeForm.byRole("textbox", here.person.t("issue.title"));

  test("left empty is the usual one", async () => {
    const { person, world } = here;
    await person.sendCodeForm();
    await person.issuedCode();
    expect(await world.server.received("create_code_admin")).toMatchObject([
      { body: { title: person.t("issue.titleDefault") } },
    ]);
    await person.button("issue.another").click();
  });

  test.each([
    ["emoji", "👩‍👩‍👧‍👦 Бабушка 🏳️‍🌈"],
    ["another direction", "مرحبا 12 שלום"],
    ["markup", "<b onclick=alert(1)>&amp;</b>"],
  ])("with %s reaches the server as it was typed, and is shown as text", async (_what, typed) => {
    const { app, person, world } = here;
    await app.type(title(), typed);
    await person.sendCodeForm();
    await person.issuedCode();
    await app.byRole("region", person.t("issue.issued")).reads(typed);
    expect((await world.server.received("create_code_admin")).at(-1)).toMatchObject({
      body: { title: typed },
    });
    await person.button("issue.another").click();
  });

  test.each([
    ["ten thousand characters", "длинно-long ".repeat(834), "too_long"],
    ["control characters", "bell\u0007 and escape\u001b[31m", "control"],
  ] as const)("with %s is refused here, and nothing is sent", async (_what, typed, why) => {
    const { app, person, world } = here;
    const before = await world.server.count("create_code_admin");
    await app.type(title(), typed);
    await person.sendCodeForm();
    await person.codeForm.reads(person.t(`errors.titleText.${why}`));
    expect(await world.server.count("create_code_admin")).toBe(before);
    await app.type(title(), "");
  });

  test.each([
    ["in the past", "01/01/2020", "12:00", "errors.until.past"],
    ["in the year 9999", "31/12/9999", "23:59", "errors.until.too_far"],
    ["in an hour the clocks leave out", "26/03/2028", "02:30", "errors.until.no_such_time"],
    ["on a day there is not", "31/02/2028", "12:00", "issue.dayInvalid"],
    ["at a time there is not", "29/02/2028", "25:61", "issue.timeInvalid"],
  ] as const)("that ends %s is refused, and nothing is sent", async (_what, day, time, words) => {
    const { person, world } = here;
    const before = await world.server.count("create_code_admin");
    const form = person.codeForm;
    await form.byRole("radio", person.t("issue.preset.custom")).press(Key.SPACE);
    await form.byRole("textbox", person.t("issue.day")).fill(day);
    await form.byRole("textbox", person.t("issue.time")).fill(time);
    await person.sendCodeForm();
    await form.reads(person.t(words));
    expect(await world.server.count("create_code_admin")).toBe(before);
  });

  test("the hour after the gap exists, and is the instant it names there", async () => {
    const { person, world } = here;
    const form = person.codeForm;
    await form.byRole("textbox", person.t("issue.day")).fill("26/03/2028");
    await form.byRole("textbox", person.t("issue.time")).fill("03:30");
    await person.sendCodeForm();
    const code = await person.issuedCode();
    const issued = (await world.server.codes()).find((each) => each.code === code);
    expect(Date.parse(issued?.expired_at ?? "")).toBe(Date.parse("2028-03-26T01:30:00Z"));
  });
});

describe("an end at a server of another zone", () => {
  const here = inWorld({ timeZone: "Europe/Moscow", server: { args: ["--zone", "+03:00"] } });

  test("is refused, explained, and with one press asked for again in this computer's zone", async () => {
    const { app, person, world } = here;
    await person.moveIn(["admin"]);
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    await person.prepareCode("Courier");
    await person.sendCodeForm();
    await person.codeForm.byRole("button", person.t("issue.zoneSettings")).click();
    await person.codeForm.byRole("combobox", person.t("settings.zone")).wait();
    expect(await app.run("return document.activeElement.labels[0].innerText")).toBe(
      person.t("settings.zone"),
    );

    await person.codeForm.byRole("button", person.t("issue.takeZone", { zone: "UTC+3" })).click();
    const code = await person.issuedCode();
    const asked = await world.server.received("create_code_admin");
    expect(asked.map(({ status }) => status)).toEqual([422, 200]);
    const issued = (await world.server.codes()).find((each) => each.code === code);
    const ahead = Date.parse(issued?.expired_at ?? "") - Date.now();
    expect(Math.round(ahead / 600_000)).toBe(12);
    expect(await app.byRole("alert").count()).toBe(0);
  });
});

describe("texts from the server", () => {
  const here = inWorld();

  test("are shown as text on every screen: nothing is run, nothing is injected, nothing breaks", async () => {
    const { app, person, world } = here;
    await person.connect();
    await world.server.fault("sign_in_admin", { kind: "hostile_texts" });
    await person.fillSignIn(person.accountCard("admin"), { login: "nobody", password: "wrong" });
    await person.accountCard("admin").reads("<img src=x onerror=");
    await person.signIn("admin");
    await person.signIn("client");
    await person.enter();
    const scripts = await app.scripts();
    const title = await app.run<string>("return document.title");
    await world.server.fault("any", { kind: "hostile_texts" }, null);

    await person.button("intercoms.refresh").click();
    await app.shows("<script>document.title='taken over'</script>");
    await person.openFlat("12");
    await person.openFlat("45");
    await person.prepareCode("Courier");
    await person.sendCodeForm();
    await person.issuedCode();
    await person.view("fobs.title");
    await app.byRole("grid", person.t("fobs.title")).wait();
    await person.goTo("codes");
    await app.byRole("grid", person.t("codes.title")).wait();
    await person.goTo("settings");
    await person.unfold(person.t("sessions.ofClient"));
    await app.settled();

    expect(await app.scripts()).toBe(scripts);
    expect(await app.run<string>("return document.title")).toBe(title);
    expect(
      await app.run<number>("return document.querySelectorAll('img, iframe, object, embed').length"),
    ).toBe(0);
    await expect(app.driver.switchTo().alert()).rejects.toThrow();
  });
});

describe("a name of a record", () => {
  const here = inWorld();

  test.each(["0", "-1", "9007199254740993", "1.5", "0x15", "twenty"])("%s is no id", async (typed) => {
    const { app, person, world } = here;
    if ((await app.byRole("region", person.t("intercoms.title")).count()) === 0)
      await person.moveIn(["admin"]);
    await app.byRole("region", person.t("intercoms.title")).wait();
    await app.settled();
    const before = await world.server.count("any");
    if ((await person.button("intercoms.addOpen").count()) > 0)
      await person.button("intercoms.addOpen").click();
    const form = app.byRole("form", person.t("intercoms.addOpen"));
    await form.byRole("textbox", person.t("intercoms.id")).fill(typed);
    await form.byRole("button", person.t("intercoms.add")).click();
    await form.reads(person.t("intercoms.idInvalid"));
    expect(await world.server.count("any")).toBe(before);
  });
});
