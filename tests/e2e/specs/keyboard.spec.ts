// The first path without a mouse. After every key that does something, the focus is somewhere: never lost to the page.

import { Key } from "selenium-webdriver";
import { expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { waitFor } from "../world/waiting";

const here = inWorld();
let code = "";

/** Presses keys, and finds the focus somewhere when the window has come to rest. */
async function keys(...pressed: string[]): Promise<void> {
  await here.app.press(...pressed);
  await here.app.settled();
  expect(await here.app.focused()).not.toBe("body");
}

/** Goes with Tab to what reads like this, as far around as it takes. */
async function tabTo(wanted: RegExp): Promise<void> {
  for (let times = 0; times < 80; times += 1) {
    if (wanted.test(await here.app.focused())) return;
    await here.app.press(Key.TAB);
  }
  throw new Error(`Tab never led to ${wanted}; the last was ${await here.app.focused()}`);
}

const focused = (wanted: RegExp) =>
  waitFor(`the focus on ${wanted}`, async () => {
    const now = await here.app.focused();
    if (wanted.test(now)) return true;
    throw new Error(`it is on ${now}`);
  });

test("a server is connected and trusted, and both accounts sign in", async () => {
  const { app, person, world } = here;
  await app.byRole("textbox", person.t("connect.address")).wait();
  await focused(/^input/u);
  await keys(world.server.address, Key.ENTER);
  await app.byRole("region", person.t("certificate.title")).wait();
  await tabTo(new RegExp(`^button ${person.t("certificate.trust")}`, "u"));
  await keys(Key.ENTER);
  await person.accountCard("admin").wait();
  await focused(/^input/u);
  await keys(world.server.admin.login, Key.TAB, world.server.admin.password, Key.ENTER);
  await person.signOutButton("admin").wait();
  await focused(/^input/u);
  await keys(world.server.client.login, Key.TAB, world.server.client.password, Key.ENTER);
  await person.signOutButton("client").wait();
  await focused(new RegExp(`^button ${person.t("connect.open")}`, "u"));
  await keys(Key.ENTER);
  await app.byRole("region", person.t("intercoms.title")).wait();
});

test("a flat is found, a code issued, read and handed over", async () => {
  const { app, person, world } = here;
  await tabTo(/^button Подъезд 1/u);
  await keys(Key.ENTER);
  await app.byRole("grid", person.t("flats.title")).wait();
  await app.chord(Key.CONTROL, "f");
  await focused(/^input/u);
  await keys("45", Key.ENTER);
  await focused(new RegExp(`^button ${person.t("issue.open")}`, "u"));
  await keys(Key.ENTER);
  await focused(/^input/u);
  await keys("Courier", Key.ENTER);
  code = await person.issuedCode();
  await focused(new RegExp(`^button ${person.t("issue.copy")}`, "u"));
  await keys("m");
  await app.shows(person.t("issue.messageCopied", { language: person.t("issue.messageIn.en") }));
  expect(world.clipboard()).toContain(code);
  await keys("c");
  await app.shows(person.t("issue.copied"));
  await waitFor("the digits alone on the clipboard", () => world.clipboard() === code);
});

test("a line is switched in the pane, and undone with one key", async () => {
  const { person } = here;
  await tabTo(new RegExp(`^switch ${person.t("lines.name.analog")}`, "u"));
  const before = await person.line("analog").attribute("aria-checked");
  await keys(Key.SPACE);
  await person.line("analog").has("aria-checked", before === "true" ? "false" : "true");
  await keys("u");
  await person.line("analog").has("aria-checked", String(before));
  await keys(Key.ESCAPE);
  await focused(/^grid/u);
});

test("a line is switched in the list", async () => {
  const { app, world } = here;
  await keys(Key.HOME, Key.ARROW_DOWN, Key.ARROW_RIGHT, Key.SPACE);
  await world.server.receives("switch_lines", 3);
  await app.settled();
  await focused(/^grid/u);
});

test("the list of codes is reached, read, and a code deleted", async () => {
  const { app, person } = here;
  await app.chord(Key.CONTROL, "2");
  await app.byRole("grid", person.t("codes.title")).wait();
  await app.chord(Key.CONTROL, "f");
  await focused(/^input/u);
  await keys(code);
  await app.byRole("row", new RegExp(`^${code}`, "u")).wait();
  await keys(Key.ENTER);
  await focused(/^grid/u);
  await keys(Key.ENTER);
  await app.shows(person.t("codes.limits"));
  await keys(Key.ESCAPE);
  await focused(/^grid/u);
  await keys(Key.DELETE);
  await app.byRole("alertdialog").wait();
  await focused(new RegExp(`^button ${person.t("common.cancel")}`, "u"));
  await tabTo(new RegExp(`^button ${person.t("codes.deleteSelected", { count: 1 })}`, "u"));
  await keys(Key.ENTER);
  await app
    .byRole("region", person.t("codes.deletion"))
    .reads(person.t("codes.deletedOf", { done: 1, count: 1 }));
  expect(await app.focused()).not.toBe("body");
});

test("a setting that is saved on leaving its field lets the focus go on to the next", async () => {
  const { app, person } = here;
  await app.chord(Key.CONTROL, ",");
  await tabTo(new RegExp(`^button ${person.t("settings.howToTalk")}`, "u"));
  await keys(Key.ENTER);
  await app.byRole("combobox", person.t("settings.clientName")).wait();
  for (let times = 0; times < 12; times += 1) {
    if (await app.run<boolean>("return document.activeElement.getAttribute('role') === 'combobox'")) break;
    await keys(Key.TAB);
  }
  await keys("2", Key.TAB);
  await app.shows(person.t("settings.saved"));
  expect(await app.focused()).toBe(`button ${person.t("sessions.ofClient")}`);
});

test("after a server is removed the focus is on the word that it is gone", async () => {
  const { person, world } = here;
  await tabTo(new RegExp(`^button ${person.t("settings.remove")}`, "u"));
  await keys(Key.ENTER);
  await tabTo(new RegExp(`^button ${person.t("settings.removeConfirm")}`, "u"));
  await keys(Key.ENTER);
  const server = new URL(world.server.address).host;
  await focused(new RegExp(`^status ${person.t("settings.removed", { server })}`, "u"));
});

test("? shows every key, and Escape leads back", async () => {
  const { app, person } = here;
  await app.chord(Key.CONTROL, ",");
  await app.byRole("heading", person.t("settings.title")).wait();
  await keys("?");
  const dialog = app.byRole("dialog", person.t("keys.title"));
  for (const key of ["anywhere", "list", "buildings", "codes", "form"] as const) {
    await dialog.byRole("region", person.t(`keys.group.${key}`)).wait();
  }
  await keys(Key.ESCAPE);
  await dialog.gone();
  expect(await app.focused()).not.toBe("body");
  for (const [key, percent] of [
    ["+", 110],
    ["-", 100],
  ] as const) {
    await app.chord(Key.CONTROL, key);
    await app.byRole("group", person.t("settings.zoom")).reads(person.t("settings.percent", { percent }));
  }
});
