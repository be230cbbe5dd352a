import { Key } from "selenium-webdriver";
import { beforeAll, describe, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";

describe("the server is away", () => {
  const here = inWorld();

  beforeAll(async () => {
    const { app, person, world } = here;
    await person.moveIn(["admin", "client"], { remember: true });
    await person.chooseIntercom("Подъезд 1");
    await person.view("fobs.title");
    await app.byRole("grid", person.t("fobs.title")).wait();
    await person.view("flats.title");
    await person.openFlat("45");
    await app.byRole("heading", person.t("lines.title")).wait();
    await person.goTo("codes");
    await app.byRole("grid", person.t("codes.title")).wait();
    await world.server.refuse();
    await world.restart();
  });

  test("what was last seen is there after a restart, with its age, and a banner says since when", async () => {
    const { app, person } = here;
    await person.goTo("buildings");
    await person.chooseIntercom("Подъезд 1");
    await app.byRole("grid", person.t("flats.title")).wait();
    await person.openFlat("45");
    await app.byRole("heading", /^Residents · \d+$/).wait();
    await app.byRole("heading", /^Keys · \d+$/).wait();
    await app.shows(/cannot be reached since \d\d:\d\d/);
    await person.view("fobs.title");
    await app.byRole("grid", person.t("fobs.title")).wait();
    await person.goTo("codes");
    await app.byRole("grid", person.t("codes.title")).wait();
  });

  test("no intercom is shown as online meanwhile", async () => {
    const { app, person } = here;
    await person.goTo("buildings");
    const list = app.byRole("region", person.t("intercoms.title"));
    await list.reads(/was online/);
    expect(await list.text()).not.toMatch(/(?<!was )\bonline ·/);
  });

  test("nothing is said twice, what was typed is kept, and what would change something says why it cannot", async () => {
    const { app, person } = here;
    await person.chooseIntercom("Подъезд 1");
    await person.view("flats.title");
    await person.openFlat("45");
    const flat = app.byRole("region", person.t("flats.flat", { number: "45" }));
    await flat.byRole("button", person.t("issue.open")).click();
    await flat.byRole("textbox", person.t("issue.title")).fill("Piano tuner");
    await flat.reads(person.t("lost.blocked"));
    expect(await flat.byRole("button", person.t("issue.submit")).attribute("aria-disabled")).toBe("true");
    await flat.byRole("textbox", person.t("issue.title")).press(Key.ENTER);
    expect(await flat.byRole("switch", person.t("lines.name.analog")).attribute("aria-disabled")).toBe(
      "true",
    );
    expect(await app.byRole("alert").count()).toBe(0);
    await app.byRole("button", person.t("lost.lookNow")).click();
    await flat.reads(person.t("lost.blocked"));
  });

  test("when it is back the screen catches up by itself, with what changed meanwhile", async () => {
    const { app, person, world } = here;
    await world.server.edit({ kind: "rename_intercom", intercom: 21, title: "Подъезд первый" });
    await world.server.accept();
    await app
      .byRole("region", person.t("intercoms.title"))
      .byRole("button", /Подъезд первый/)
      .wait();
    await app.byRole("region", person.t("intercoms.title")).reads(/(?<!was )online · just now/);
    expect(await app.text()).not.toMatch(/cannot be reached since/);
    const flat = app.byRole("region", person.t("flats.flat", { number: "45" }));
    const title = flat.byRole("textbox", person.t("issue.title"));
    expect(await title.value()).toBe("Piano tuner");
    await flat.byRole("button", person.t("issue.submit")).click();
    await flat.reads("Piano tuner");
    await flat.byRole("button", person.t("issue.another")).wait();
    expect(await world.server.count("create_code_admin")).toBe(1);
  });
});
