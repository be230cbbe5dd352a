import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { commandError, createFakeCore, type FakeCore } from "../../dev/fakeCore";
import { makeAccount, makeServer, makeSessions } from "../../dev/fakeServers";
import { later, openWindow, requests } from "../../testing/window";

async function open(core: FakeCore = createFakeCore()) {
  const opened = openWindow({ core, at: "/settings" });
  const card = within(await screen.findByRole("article"));
  return { ...opened, card };
}

test("language and theme apply at once", async () => {
  const { user } = openWindow({ at: "/settings" });
  await user.click(await screen.findByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  await user.click(screen.getByRole("radio", { name: "Русский" }));
  expect(await screen.findByRole("heading", { name: "Настройки" })).toBeVisible();
  expect(document.documentElement.lang).toBe("ru");
});

test("visitors may get another language than the window's", async () => {
  const { core, user } = await open();
  const field = screen.getByRole("combobox", { name: "Language of what visitors get" });
  await user.selectOptions(field, "Русский");
  await waitFor(() => expect(field).toHaveValue("ru"));
  expect(requests(core, "set_preferences")[0]).toMatchObject({ visitorLanguage: "ru", language: "system" });
});

test("what a new code starts with is typed in the unit the person thinks in", async () => {
  const { core, user } = await open();
  const amount = screen.getByRole("textbox", { name: "Valid for" });
  expect(amount).toHaveValue("2");
  await user.clear(amount);
  await user.type(amount, "12{Enter}");
  await waitFor(() => expect(requests(core, "set_preferences")[0]).toMatchObject({ codeMinutes: 720 }));
  const unit = screen.getByRole("combobox", { name: "Unit" });
  await user.clear(amount);
  await user.type(amount, "90");
  await user.selectOptions(unit, "days");
  expect(await screen.findByText(/^New codes will be good for 90/)).toBeVisible();
  await user.selectOptions(unit, "minutes");
  expect(requests(core, "set_preferences")).toHaveLength(1);
  await user.click(screen.getByRole("textbox", { name: "Title" }));
  await waitFor(() => expect(requests(core, "set_preferences")[1]).toMatchObject({ codeMinutes: 90 }));
  await user.selectOptions(unit, "days");
  await user.clear(amount);
  await user.type(amount, "9000{Enter}");
  expect(await screen.findByText(/between a minute and ten years/)).toBeVisible();
  expect(requests(core, "set_preferences")).toHaveLength(2);
});

test("a setting the core refuses is told beside its field", async () => {
  const { core, user } = await open();
  core.next("set_preferences", { fail: commandError("setting_invalid", { field: "code_title" }) });
  const title = screen.getByRole("textbox", { name: "Title" });
  await user.type(title, "A very long title");
  await user.tab();
  expect(await screen.findByText("At most 255 characters.")).toBeVisible();
  expect(title).toBeInvalid();
});

test("the size has its buttons and shows what applies", async () => {
  const { core, user } = await open();
  await user.click(screen.getByRole("button", { name: "Everything larger" }));
  expect(await screen.findByText("110 %")).toBeVisible();
  await user.click(screen.getByRole("button", { name: /Ordinary size/ }));
  await waitFor(() => expect(requests(core, "set_preferences")[1]).toMatchObject({ zoom: 100 }));
  expect(await screen.findByText("100 %", { selector: "output" })).toBeVisible();
});

test("quick presses all count, also while the first is being saved", async () => {
  const { core, user } = await open();
  const gate = later();
  core.next("set_preferences", { wait: gate.promise });
  const larger = screen.getByRole("button", { name: "Everything larger" });
  await user.click(larger);
  await user.click(larger);
  await user.click(larger);
  gate.resolve();
  expect(await screen.findByText("150 %")).toBeVisible();
  expect(requests(core, "set_preferences")).toHaveLength(2);
});

test("the list of sections leads to each, by its heading", async () => {
  const { user } = await open();
  const contents = within(screen.getByRole("navigation", { name: "Sections of the settings", hidden: true }));
  await user.click(contents.getByRole("link", { name: "Data", hidden: true }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Data" })).toHaveFocus());
});

test("a server is renamed, and named to the client API as the person says", async () => {
  const { core, user, card } = await open();
  await user.click(card.getByRole("button", { name: "Name and how to talk to it" }));
  const name = card.getByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Lenina 12{Enter}");
  expect(await screen.findByRole("heading", { name: "Lenina 12" })).toBeVisible();
  expect(requests(core, "set_server")).toEqual([
    { server: "demo", name: "Lenina 12", zoneMinutes: 0, dateForm: "contract", clientName: "web" },
  ]);
  const client = screen.getByRole("combobox", { name: "Name given to the server (X-Client)" });
  await user.clear(client);
  await user.type(client, "my-panel{Enter}");
  await waitFor(() => expect(requests(core, "set_server")[1]).toMatchObject({ clientName: "my-panel" }));
  await user.click(screen.getByRole("radio", { name: "2029-12-31T12:45:00.000000Z" }));
  await waitFor(() => expect(requests(core, "set_server")[2]).toMatchObject({ dateForm: "iso" }));
});

test("the documented names are offered", async () => {
  const { core, user, card } = await open();
  await user.click(card.getByRole("button", { name: "Name and how to talk to it" }));
  await user.click(screen.getByRole("combobox", { name: "Name given to the server (X-Client)" }));
  await user.click(await screen.findByRole("option", { name: "ios-cctv" }));
  await waitFor(() => expect(requests(core, "set_server")[0]).toMatchObject({ clientName: "ios-cctv" }));
});

test("a pin is given up only after a second yes", async () => {
  const server = {
    ...makeServer("demo"),
    trust: { kind: "pinned", fingerprint: "AB:CD", ends: null } as const,
  };
  const { core, user, card } = await open(createFakeCore({ servers: [server] }));
  await user.click(card.getByRole("button", { name: "Trust what the system trusts again" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(requests(core, "trust_certificate")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Trust the system" }));
  await waitFor(() =>
    expect(requests(core, "trust_certificate")).toEqual([{ server: "demo", fingerprint: null }]),
  );
});

test("signing out tells what became of the session at the server", async () => {
  const { card, user } = await open();
  await user.click(card.getByRole("button", { name: "Sign out of the client account" }));
  expect(await card.findByText("Signed out. The server has ended the session too.")).toBeVisible();
  await user.click(card.getByRole("button", { name: "Sign out of the admin account" }));
  expect(await card.findByText(/The server has no way to end the session/)).toBeVisible();
});

test("a session is ended only after a second yes, and this desk's own is marked", async () => {
  const { core, card, user } = await open();
  await user.click(card.getByRole("button", { name: "Sessions of the client account" }));
  const list = within(await card.findByRole("list", { name: "Sessions" }));
  expect(list.getByText("this desk")).toBeVisible();
  await user.click(list.getByRole("button", { name: "End the session: App on Android" }));
  const dialog = within(await screen.findByRole("alertdialog", { name: "End this session?" }));
  await user.click(dialog.getByRole("button", { name: "End the session" }));
  await waitFor(() => expect(requests(core, "end_session")).toEqual([{ server: "demo", session: 64 }]));
  await waitFor(() => expect(list.queryByText("App on Android")).toBeNull());
});

test("sessions that look alike are told apart by their address, and by their number where that is not enough", async () => {
  const core = createFakeCore();
  const [own, app] = makeSessions();
  if (own === undefined || app === undefined) throw new Error("there are sessions");
  const sessions = [own, app, { ...app, id: 65, ip: "10.8.0.5" }, { ...app, id: 66, ip: "10.8.0.5" }];
  const list = { listing: "complete", sessions, confirmedAt: new Date().toISOString() };
  core.next("list_sessions", { answer: list });
  const { card, user } = await open(core);
  await user.click(card.getByRole("button", { name: "Sessions of the client account" }));
  const shown = within(await card.findByRole("list", { name: "Sessions" }));
  expect(shown.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual([
    "End the session: Browser or desk",
    "End the session: App on Android, 10.8.0.4",
    "End the session: App on Android, session 65",
    "End the session: App on Android, session 66",
  ]);
});

test("what a server offers is a table told in words, checked again by hand", async () => {
  const { core, card, user } = await open();
  await user.click(
    card.getByRole("button", { name: "What this server offers: 6 of 9 tried calls answer, 5 not tried yet" }),
  );
  const row = (name: string) => card.getByRole("row", { name: new RegExp(name) });
  expect(row("^list of flats admin answers")).toBeVisible();
  expect(row("^list of codes for flats admin not offered")).toBeVisible();
  expect(row("^switching lines billing not tried yet")).toBeVisible();
  expect(row("from billing billing not allowed")).toBeVisible();
  await user.click(card.getByRole("button", { name: "Check again" }));
  await waitFor(() => expect(requests(core, "check_capabilities")).toEqual([{ server: "demo" }]));
});

test("open billing is a warning that says what it means and whom to tell", async () => {
  const { card } = await open(
    createFakeCore({ servers: [{ ...makeServer("demo"), warnings: ["billing_open"] }] }),
  );
  expect(card.getByRole("status")).toHaveTextContent(
    /Anyone who can reach the server.*Tell the person who runs/,
  );
});

test("a server is removed only after a second yes", async () => {
  const { core, user } = await open();
  await user.click(screen.getByRole("button", { name: "Remove server" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(requests(core, "remove_server")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(requests(core, "remove_server")).toEqual([{ server: "demo" }]));
  const word = await screen.findByText("“ул. Ленина, 12” has been removed.");
  await waitFor(() => expect(word).toHaveFocus());
});

test("a server whose clock is wrong is a warning that says what to compare it with", async () => {
  const { card } = await open(createFakeCore({ servers: [{ ...makeServer("demo"), clockMinutes: -180 }] }));
  expect(card.getByRole("status")).toHaveTextContent(/clock is 3 h behind.*with a telephone first/);
});

test("a missing keyring is told on every screen until it is there", async () => {
  const { user } = openWindow({ core: createFakeCore({ keyring: "unavailable" }), at: "/codes" });
  expect(await screen.findByText("The system’s keyring is not available.")).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText("The system’s keyring is not available.")).toBeNull());
});

test("the log is shown by level, copied and refreshed; a log that cannot be read says so", async () => {
  const { core, user } = await open();
  const log = within(await screen.findByRole("region", { name: "Log" }));
  expect(log.getAllByRole("listitem")).toHaveLength(4);
  await user.click(screen.getByRole("radio", { name: "Errors" }));
  expect(log.getAllByRole("listitem")).toHaveLength(1);
  expect(log.getByText("error")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Copy the log" }));
  await waitFor(() => expect(requests(core, "copy_log")).toEqual([null]));
  core.next("read_log", { fail: commandError("log_failed") });
  const data = within(screen.getByRole("region", { name: "Data" }));
  await user.click(data.getByRole("button", { name: "Refresh" }));
  expect(await data.findByText("The log could not be read.")).toBeVisible();
});

test.each([
  ["en", "light"],
  ["en", "dark"],
  ["ru", "light"],
  ["ru", "dark"],
] as const)("everything unfolded has no accessibility fault (%s, %s)", async (language, theme) => {
  const core = createFakeCore({
    servers: [
      {
        ...makeServer("server-1"),
        trust: { kind: "pinned", fingerprint: "AB:CD:EF", ends: "2027-05-01T00:00:00Z" },
        warnings: ["billing_open"],
      },
    ],
  });
  core.state.preferences = { ...core.state.preferences, language, theme };
  const { card, user } = await open(core);
  for (const fold of card.getAllByRole("button", { expanded: false })) {
    if (fold.getAttribute("aria-haspopup") === null) await user.click(fold);
  }
  await card.findByRole("table");
  await waitFor(() => expect(card.getAllByRole("list").length).toBeGreaterThan(0));
  const found = await axe.run(document.documentElement, {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
});

test("a second setting of a server waits for the first instead of getting lost", async () => {
  const { core, user, card } = await open();
  await user.click(card.getByRole("button", { name: "Name and how to talk to it" }));
  const gate = later();
  core.next("set_server", { wait: gate.promise });
  const name = card.getByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Lenina 12");
  await user.click(screen.getByRole("radio", { name: "2029-12-31T12:45:00.000000Z" }));
  gate.resolve();
  await waitFor(() =>
    expect(requests(core, "set_server")).toMatchObject([
      { name: "Lenina 12", dateForm: "contract" },
      { name: "Lenina 12", dateForm: "iso" },
    ]),
  );
});

test("the zoom keys and the settings do not overwrite each other", async () => {
  const { core, user } = await open();
  const gate = later();
  core.next("set_preferences", { wait: gate.promise });
  fireEvent.keyDown(document.body, { key: "=", code: "Equal", ctrlKey: true });
  await user.click(screen.getByRole("radio", { name: "Dark" }));
  gate.resolve();
  await waitFor(() =>
    expect(requests(core, "set_preferences").at(-1)).toMatchObject({ zoom: 110, theme: "dark" }),
  );
});

test("a sign-in that has ended can be forgotten, also after the keyring did not let go at first", async () => {
  const core = createFakeCore({
    servers: [{ ...makeServer("demo"), client: makeAccount({ state: "expired" }) }],
  });
  core.next("sign_out", { fail: commandError("keyring_failed") });
  const { card, user } = await open(core);
  expect(card.getByRole("button", { name: "Sign in to the client account" })).toBeVisible();
  const forget = { name: "Forget this sign-in of the client account" };
  await user.click(card.getByRole("button", forget));
  expect(await card.findByText(/keyring did not let go/)).toBeVisible();
  await user.click(card.getByRole("button", forget));
  await waitFor(() => expect(card.queryByRole("button", forget)).toBeNull());
  expect(requests(core, "sign_out")).toHaveLength(2);
});

test("a setting that could not be saved is told once, where it was changed", async () => {
  const { core, user } = await open();
  core.next("set_preferences", { fail: commandError("preferences_failed") });
  await user.click(screen.getByRole("radio", { name: "Dark" }));
  expect(await screen.findByText("The settings could not be saved.")).toBeVisible();
  expect(screen.getAllByText("The settings could not be saved.")).toHaveLength(1);
  await user.click(screen.getByRole("radio", { name: "Light" }));
  await waitFor(() => expect(screen.queryByText("The settings could not be saved.")).toBeNull());
});

test("what one setting was refused stays told while the next one is saved", async () => {
  const { core, user, card } = await open();
  await user.click(card.getByRole("button", { name: "Name and how to talk to it" }));
  const gate = later();
  core.next("set_server", {
    wait: gate.promise.then(() => {
      throw commandError("setting_invalid", { field: "name" });
    }),
  });
  await user.type(card.getByRole("textbox", { name: "Name" }), "!");
  await user.click(screen.getByRole("radio", { name: "2029-12-31T12:45:00.000000Z" }));
  gate.resolve();
  await waitFor(() => expect(requests(core, "set_server")[1]).toMatchObject({ dateForm: "iso" }));
  expect(await card.findByText(/This name cannot be used/)).toBeVisible();
});

test("everything on this computer is erased only after a second yes, and the program is as new", async () => {
  const { core, user } = openWindow({ at: "/settings?section=data" });
  await user.click(await screen.findByRole("button", { name: "Erase everything…" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/go on opening doors/)).toBeVisible();
  await waitFor(() => expect(dialog.getByRole("button", { name: "Cancel" })).toHaveFocus());
  expect(requests(core, "erase_everything")).toEqual([]);
  core.next("erase_everything", { fail: commandError("still_writing") });
  await user.click(dialog.getByRole("button", { name: "Erase everything" }));
  expect(await dialog.findByText("Nothing was erased.")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Erase everything" }));
  expect(await screen.findByRole("button", { name: "Try the demo building" })).toBeVisible();
});
