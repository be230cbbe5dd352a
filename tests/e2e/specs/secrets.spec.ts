import { join } from "node:path";
import { Key } from "selenium-webdriver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { pageContent, recordedMessages, recordMessages } from "../world/recorder";
import { type Leak, leaksBelow, leaksIn, type Secrets } from "../world/secrets";

const passwords = {
  "admin password": "adm1n+Höhle/9c41 & co",
  "client password": "cl1ent=Ёлка/55e0?x y",
};
const here = inWorld({
  server: {
    args: [
      "--admin-password",
      passwords["admin password"],
      "--client-password",
      passwords["client password"],
    ],
  },
});

const messages: string[] = [];
const pages: string[] = [];

/** What the stand-in gave out, and what was typed. */
async function secrets(): Promise<Secrets> {
  const tokens = await here.world.server.tokens();
  expect(tokens.length).toBeGreaterThanOrEqual(4);
  return { ...passwords, ...Object.fromEntries(tokens.map((token, index) => [`token ${index + 1}`, token])) };
}

async function keepWhatThePageSaw(): Promise<void> {
  messages.push(...(await recordedMessages(here.app)));
  pages.push(await pageContent(here.app));
}

function said(leaks: Leak[]): string[] {
  return leaks.map(({ secret, form, place }) => `${secret} (${form}) in ${place}`);
}

beforeAll(async () => {
  const { app, person, world } = here;
  await recordMessages(app);

  await person.connect();
  // A wrong password first: the server's refusal must not bring it back either.
  const card = app.byRole("region", person.t("accounts.admin.name"));
  await world.server.fault("sign_in_admin", { kind: "unprocessable" });
  await card.byRole("textbox", person.t("signIn.login")).fill(world.server.admin.login);
  await card.byLabel(person.t("signIn.password")).fill(world.server.admin.password);
  await card.byLabel(person.t("signIn.password")).press(Key.ENTER);
  await card.byRole("alert").wait();
  expect(await card.byLabel(person.t("signIn.password")).value()).toBe("");
  pages.push(await pageContent(app));

  await person.signIn("admin");
  await person.signIn("client");
  await person.button("connect.open").click();
  await person.chooseIntercom("Подъезд 1");
  await person.openFlat("45");
  await person.switchLine("analog");
  await person.prepareCode("Courier");
  await person.sendCodeForm();
  await person.issuedCode();
  await person.goTo("codes");
  await app.byRole("row", /Courier/).wait();
  await person.goTo("settings");
  await app.settled();
  await keepWhatThePageSaw();

  await world.restart();
  await recordMessages(here.app);
  await person.goTo("buildings");
  await person.chooseIntercom("Подъезд 1");
  await world.server.expire("client");
  await person.button("intercoms.code").click();
  await person.sendCodeForm();
  await person.signInPrompt("client").wait();
  await keepWhatThePageSaw();
  await world.quit();
});

let planted: Secrets = {};
beforeAll(async () => {
  planted = await secrets();
});

test("no secret went from the core to the web view", () => {
  // Proof that the recording works: what may be seen was seen.
  expect(
    messages.filter((message) => message.includes("ipc://localhost/sign_in")).length,
  ).toBeGreaterThanOrEqual(2);
  expect(messages.some((message) => message.includes(here.world.server.admin.login))).toBe(true);

  expect(
    messages.flatMap((message, index) => said(leaksIn(`message ${index + 1}`, message, planted))),
  ).toEqual([]);
});

test("no secret stands in the page, its fields or its storage", () => {
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.flatMap((page, index) => said(leaksIn(`page ${index + 1}`, page, planted)))).toEqual([]);
});

test("no secret is in any file of this home, and none in any log", () => {
  const { ground, server } = here.world;
  const keyring = join(ground.env.XDG_DATA_HOME ?? "", "keyrings");

  // Proof that the search works: the program wrote its files here, and it logged what is logged only in full.
  const known = {
    address: new URL(server.address).host,
    "sign-in": 'DEBUG server_api::connection: answered call="admin sign-in"',
  };
  const found = leaksBelow(ground.folder, known);
  expect(found.some(({ secret, place }) => secret === "address" && place.startsWith(ground.home))).toBe(true);
  expect(
    found.some(({ secret, place }) => secret === "sign-in" && place === join(ground.logs, "app.log")),
  ).toBe(true);

  expect(said(leaksBelow(ground.folder, planted, [keyring]))).toEqual([]);
});

afterAll(() => {
  messages.length = 0;
  pages.length = 0;
});
