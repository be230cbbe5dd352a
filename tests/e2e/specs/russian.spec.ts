// The whole program in Russian: no word of another language on any screen, the right forms after numbers, the server's own texts.

import { describe, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { foreignIn, foreignWords } from "../world/reading";
import { forTheTour, tour } from "../world/tour";

describe("every screen and state", () => {
  const here = inWorld({ ...forTheTour, language: "ru" });

  test("is in Russian", { timeout: 240_000 }, async () => {
    const found: string[] = [];
    await tour(here, async (name) => {
      found.push(...(await foreignWords(here.app, here.person)).map((word) => `${name}: ${word}`));
    });
    // What the building itself writes in Latin letters.
    const building = /Courtyard|Parking|lower|level|spaces|basement/u;
    expect(found.filter((line) => !building.test(line))).toEqual([]);
  });

  test("the reader knows a foreign word when it sees one", () => {
    expect(foreignIn("Открыть Settings")).toEqual(["Settings"]);
    expect(foreignIn("Gatehouse 0.1.0, 127.0.0.1:80, manager@lenina12.example, AB:CD, X-Client")).toEqual([]);
  });
});

describe("numbers, dates and what the server says", () => {
  const here = inWorld({ language: "ru", timeZone: "Europe/Moscow" });

  test("numbers take their forms", async () => {
    const { app, person } = here;
    await person.moveIn();
    await person.chooseIntercom("Подъезд 1");
    await app.shows("120 квартир");
    await person.chooseIntercom("Подъезд 2");
    await app.shows("96 квартир");
    await person.goTo("codes");
    const rows = app.byRole("row", /^\d/u);
    await rows.waitForAny();
    await rows.byRole("checkbox").clickFirst();
    await app.shows(person.t("codes.selected", { count: 1 }));
    await app.byRole("button", person.t("codes.deleteSelected", { count: 1 })).click();
    await app.byRole("alertdialog").reads("Удалить 1 код");
    await app.byRole("alertdialog").byRole("button", person.t("common.cancel")).click();
  });

  test("the end of a code is written as people there write it, in this computer's zone", async () => {
    const { app, person } = here;
    await person.goTo("buildings");
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    await person.button("issue.open").click();
    await person.codeForm.byRole("radio", person.t("issue.preset.custom")).click();
    await person.codeForm.byRole("textbox", person.t("issue.day")).fill("29.02.2028");
    await person.codeForm.byRole("textbox", person.t("issue.time")).fill("18:05");
    await person.sendCodeForm();
    await person.issuedCode();
    await app.byRole("region", person.t("issue.issued")).reads(/29 (?:февр|фев)[а-я.]* 2028.*18:05/u);
    const [code] = (await here.world.server.codes()).filter(
      ({ title }) => title === person.t("issue.titleDefault"),
    );
    expect(Date.parse(code?.expired_at ?? "")).toBe(Date.parse("2028-02-29T15:05:00Z"));
  });

  test("the server is asked for its texts in Russian, and they are shown", async () => {
    const { person, world } = here;
    await person.button("issue.another").click();
    await world.server.fault("create_code_admin", { kind: "unprocessable" });
    await person.sendCodeForm();
    await person.codeForm.reads("Такое название уже используется.");
    await person.codeForm.reads("В памяти панели нет места для ещё одного кода.");
    expect((await world.server.received("create_code_admin")).at(-1)?.headers.hl).toBe("ru");
  });
});
