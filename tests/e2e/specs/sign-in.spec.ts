import { Key } from "selenium-webdriver";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { recordedMessages, recordMessages } from "../world/recorder";

const here = inWorld({ server: { args: ["--captcha", "always"] } });

/** The client account's card, with login and password typed. */
async function fillIn() {
  const { app, person, world } = here;
  const card = app.byRole("region", person.t("accounts.client.name"));
  await card.byRole("textbox", person.t("signIn.login")).fill(world.server.client.login);
  await card.byLabel(person.t("signIn.password")).fill(world.server.client.password);
  await card.byLabel(person.t("signIn.password")).press(Key.ENTER);
  return card;
}

/** What the newest picture shows, as the stand-in drew it. */
async function newestAnswer(): Promise<string> {
  const keys = (await recordedMessages(here.app)).flatMap((message) =>
    [...message.matchAll(/"key":\s*"([0-9a-f]{32})"/gu)].map((found) => found[1] ?? ""),
  );
  return await here.world.server.captchaAnswer(keys.at(-1) ?? "");
}

test("a captcha is painted in the window, and a wrong answer brings another without losing what was typed", async () => {
  const { app, person, world } = here;
  await recordMessages(app);
  await person.connect();
  const card = await fillIn();
  await card.byRole("img", person.t("captcha.picture")).wait();
  const text = card.byRole("textbox", person.t("captcha.text"));
  await text.fill("nonsense");
  await text.press(Key.ENTER);
  await app.shows(person.t("captcha.wrong"));
  expect(await card.byLabel(person.t("signIn.password")).value()).toBe(world.server.client.password);
});

test("the right answer signs in", async () => {
  const { app, person } = here;
  const card = app.byRole("region", person.t("accounts.client.name"));
  const text = card.byRole("textbox", person.t("captcha.text"));
  await text.fill(await newestAnswer());
  await text.press(Key.ENTER);
  await card
    .byRole("button", person.t("accounts.signOut", { account: person.t("accounts.client.name") }))
    .wait();
});
