import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore, type FakeCore } from "../dev/fakeCore";
import { makeServer } from "../dev/fakeServers";
import en from "../i18n/en.json";
import ru from "../i18n/ru.json";
import { later, openWindow, requests } from "../testing/window";
import { intercomOf } from "./opening";
import { ACTIONS, actionOfKey } from "./shortcutTable";

const tell = (core: FakeCore, event: Parameters<FakeCore["tell"]>[0]) => act(() => core.tell(event));

async function openSettings(core = createFakeCore()) {
  const opened = openWindow({ core, at: "/settings" });
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return opened;
}

test("the menu does what the keys do", async () => {
  const { core } = await openSettings();
  tell(core, { kind: "menu", item: "codes" });
  expect(await screen.findByRole("grid", { name: "Codes" })).toBeVisible();
  tell(core, { kind: "menu", item: "new_code" });
  expect(await screen.findByRole("textbox", { name: "Flat number" })).toBeVisible();
  tell(core, { kind: "menu", item: "add_server" });
  expect(await screen.findByRole("textbox", { name: "Server address" })).toBeVisible();
  tell(core, { kind: "menu", item: "log" });
  const data = await screen.findByRole("heading", { name: "Data" });
  await waitFor(() => expect(data).toHaveFocus());
  tell(core, { kind: "menu", item: "about" });
  await waitFor(() => expect(screen.getByRole("heading", { name: "About" })).toHaveFocus());
  tell(core, { kind: "menu", item: "keys" });
  expect(await screen.findByRole("dialog", { name: "Shortcuts" })).toBeVisible();
});

test("a key that reaches the page and the menu is done once", async () => {
  const { core } = await openSettings();
  await waitFor(() => expect(requests(core, "about")).toHaveLength(1));
  fireEvent.keyDown(document.body, { key: "r", code: "KeyR", ctrlKey: true });
  tell(core, { kind: "menu", item: "refresh" });
  await waitFor(() => expect(requests(core, "about")).toHaveLength(2));
  expect(requests(core, "about")).toHaveLength(2);
});

test("keys go by their place where the layout writes something else there", async () => {
  const { user } = openWindow({ at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  fireEvent.keyDown(document.body, { key: ".", code: "Slash" });
  const field = screen.getByRole("combobox", { name: "Search everything" });
  expect(field).toHaveFocus();
  expect(field).toHaveAttribute("data-ringed");
  await user.click(screen.getByRole("button", { name: "New code" }));
  expect(field).not.toHaveAttribute("data-ringed");
  fireEvent.keyDown(document.body, { key: "б", code: "Comma", ctrlKey: true });
  expect(await screen.findByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
});

test("what is written on a key goes before where it sits", async () => {
  const { user } = await openSettings();
  fireEvent.keyDown(document.body, { key: "?", code: "Slash" });
  expect(await screen.findByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await user.keyboard("{Escape}");
});

test("a key that edits a text is left to the field it is pressed in", async () => {
  const { user } = openWindow({ at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  const field = screen.getByRole("searchbox", { name: "Find a code" });
  await user.type(field, "n{Delete}r");
  expect(field).toHaveValue("nr");
  expect(screen.queryByRole("textbox", { name: "Flat number" })).toBeNull();
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("how large everything is now is said for a moment, whoever changed it", async () => {
  const { core } = await openSettings();
  expect(screen.queryByText(/^Zoom: /)).toBeNull();
  fireEvent.keyDown(document.body, { key: "=", code: "Equal", ctrlKey: true });
  expect(await screen.findByText("Zoom: 110 %")).toBeVisible();
  // The menu: the shell has changed it, and says so.
  core.state.preferences = { ...core.state.preferences, zoom: 125 };
  tell(core, { kind: "changed", tags: ["app"] });
  expect(await screen.findByText("Zoom: 125 %")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("Zoom: 125 %")).toBeNull(), { timeout: 6_000 });
});

test("what the core says has changed is asked for anew", async () => {
  const { core } = await openSettings();
  core.state.keyring = "unavailable";
  tell(core, { kind: "changed", tags: ["app"] });
  expect(await screen.findByText("The system’s keyring is not available.")).toBeVisible();
});

test("closing with a request on its way asks first, and waiting is what Enter does", async () => {
  const { core, user } = await openSettings();
  tell(core, { kind: "close_asked" });
  const dialog = await screen.findByRole("alertdialog", { name: "A request is on its way" });
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Wait" })).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(requests(core, "close_window")).toEqual([]);
  tell(core, { kind: "close_asked" });
  await user.click(await screen.findByRole("button", { name: "Close anyway" }));
  expect(requests(core, "close_window")).toEqual([null]);
});

test("the keys dialog lists every key of every screen, in groups", async () => {
  const { user } = await openSettings();
  await user.keyboard("?");
  const dialog = within(await screen.findByRole("dialog", { name: "Shortcuts" }));
  for (const { text } of ACTIONS) {
    const name = text.split(".").at(-1) as keyof typeof en.keys;
    expect(dialog.getByText(String(en.keys[name]))).toBeVisible();
    expect(String(ru.keys[name])).not.toBe(String(en.keys[name]));
  }
});

test("every key a screen listens to is in the table", () => {
  const sources = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)],
    );
  const keys = sources("ui/src")
    .filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/useShortcut\(\s*"([^"]+)"/gu)].map((found) => found[1] ?? ""),
    );
  expect(keys.length).toBeGreaterThan(8);
  for (const key of keys) expect(actionOfKey(key), key).toBeDefined();
});

test("the zoom keys step the size and tell the core which", async () => {
  const { core } = await openSettings();
  fireEvent.keyDown(document.body, { key: "=", code: "Equal", ctrlKey: true });
  await waitFor(() => expect(requests(core, "set_preferences")).toHaveLength(1));
  expect(requests(core, "set_preferences")[0]).toMatchObject({ zoom: 110 });
  expect(await screen.findByText("110 %")).toBeVisible();
});

test("another server is shown only once the core has changed to it", async () => {
  const core = createFakeCore({
    servers: [makeServer("demo"), { ...makeServer("other"), name: "Lenina 14" }],
  });
  const { user } = await openSettings(core);
  core.next("activate_server", { fail: commandError("preferences_failed") });
  await user.selectOptions(screen.getByRole("combobox", { name: "Server" }), "other");
  expect(await screen.findByText("The settings could not be saved.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Server" }), "other");
  expect(await screen.findByRole("region", { name: "Intercoms" })).toBeVisible();
});

test("a start at an intercom asks for its flats and for no other one's", async () => {
  const core = createFakeCore();
  const second = core.building.intercoms[1];
  openWindow({ core, at: `/buildings?intercom=${second?.id}` });
  await screen.findByRole("heading", { name: second?.title ?? "", level: 1 });
  await waitFor(() => expect(requests(core, "list_flats")).not.toEqual([]));
  for (const request of requests(core, "list_flats")) expect(request).toMatchObject({ intercom: second?.id });
  cleanup();
  // What is remembered of it is in the first sight.
  core.calls.length = 0;
  openWindow({ core, at: `/buildings?intercom=${second?.id}` });
  await screen.findAllByRole("row", { name: /^Flat / });
  expect(requests(core, "first_sight")).toMatchObject([{ intercom: second?.id }]);
  const names = core.calls.map(({ name }) => name);
  expect(names.slice(0, names.indexOf("load_flats"))).not.toContain("list_flats");
});

test("a start that takes long says what it waits for", async () => {
  const core = createFakeCore();
  const gate = later();
  core.next("first_sight", { wait: gate.promise });
  openWindow({ core });
  expect(
    await screen.findByText(/waits for the system’s keyring/, undefined, { timeout: 4_000 }),
  ).toBeVisible();
  gate.resolve();
});

test("the question before closing says when the answer has come", async () => {
  const { core, user } = await openSettings();
  const answer = later();
  core.next("set_preferences", { wait: answer.promise });
  await user.click(screen.getByRole("radio", { name: "Dark" }));
  tell(core, { kind: "close_asked" });
  await screen.findByRole("alertdialog", { name: "A request is on its way" });
  answer.resolve();
  const dialog = within(await screen.findByRole("alertdialog", { name: "The request has been answered" }));
  await waitFor(() => expect(dialog.getByRole("button", { name: "Close" })).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(requests(core, "close_window")).toEqual([null]);
});

test("the first sight is asked for once, and nothing of it again while it is new", async () => {
  const core = createFakeCore();
  openWindow({ core });
  await screen.findByRole("row", { name: "Flat 1" });
  cleanup();
  core.calls.length = 0;
  openWindow({ core });
  await screen.findByRole("row", { name: "Flat 1" });
  const first = core.building.intercoms[0]?.id;
  expect(requests(core, "first_sight")).toEqual([
    { intercom: null, sort: "number", descending: false, limit: 200 },
  ]);
  const before = core.calls.slice(
    0,
    core.calls.findIndex(({ name }) => name === "load_flats"),
  );
  expect(before.map(({ name }) => name)).not.toContain("list_flats");
  expect(before.map(({ name }) => name)).not.toContain("list_intercoms");
  expect(requests(core, "app_state")).toEqual([]);
  expect(requests(core, "load_flats")).toEqual([{ server: "demo", intercom: first }]);
});

test("a start whose first sight fails asks for everything by itself", async () => {
  const core = createFakeCore();
  core.next("first_sight", { fail: commandError("internal") });
  openWindow({ core });
  expect(await screen.findByRole("row", { name: "Flat 1" })).toBeVisible();
});

test.each([
  ["#/buildings?intercom=21", 21],
  ["#/buildings?flat=7&intercom=21", 21],
  ["#/buildings", null],
  ["", null],
  ["#/buildings?intercom=-1", null],
  ["#/buildings?intercom=1e3", null],
  ["#/buildings?intercom=99999999999999999999", null],
])("the address %s names the intercom %s", (hash, intercom) => {
  expect(intercomOf(hash)).toBe(intercom);
});

test("what changes between the first sight and the first drawing is not missed", async () => {
  const core = createFakeCore();
  core.next("first_sight", { answer: { state: structuredClone(core.state), buildings: null } });
  openWindow({ core });
  const [server] = core.state.servers;
  if (server !== undefined) server.lostAt = new Date().toISOString();
  tell(core, { kind: "changed", tags: ["app"] });
  expect(await screen.findByRole("button", { name: "Look now" })).toBeVisible();
});

test("an arrow leads from a screen that was opened by a key into its list", async () => {
  const { user } = openWindow({ at: "/codes" });
  await screen.findByRole("grid", { name: "Codes" });
  await user.keyboard("{Control>}1{/Control}");
  const flats = await screen.findByRole("grid", { name: "Flats" });
  screen.getByRole("main").focus();
  await user.keyboard("{ArrowDown}");
  expect(flats).toHaveFocus();
});
