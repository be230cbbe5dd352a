import { act, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { bareIntercom } from "../../dev/building";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import { later, openWindow, requests } from "../../testing/window";
import { readName } from "./AddIntercom";
import { readMac } from "./readMac";

const row = (number: number) => screen.findByRole("row", { name: `Flat ${number}` });

test("a line is switched in its row by the keyboard, says so while it runs, and one key takes it back", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("switch_line", { wait: answer.promise });
  const { user } = openWindow({ core });
  const first = within(await row(1));
  expect(first.getByRole("switch", { name: "Analog handset, flat 1" })).toBeChecked();
  screen.getByRole("grid", { name: "Flats" }).focus();
  await user.keyboard("{ArrowRight}[Space]");
  expect(await first.findByText("asking…")).toBeVisible();
  await user.keyboard("[Space]");
  answer.resolve();
  await waitFor(() =>
    expect(first.getByRole("switch", { name: "Analog handset, flat 1" })).not.toBeChecked(),
  );
  expect(first.getByRole("img", { name: "The server answered: off." })).toBeVisible();
  await user.keyboard("u");
  await waitFor(() => expect(first.getByRole("switch", { name: "Analog handset, flat 1" })).toBeChecked());
  expect(requests(core, "switch_line")).toMatchObject([
    { flat: { id: 500, number: "1" }, line: "analog", on: false },
    { line: "analog", on: true },
  ]);
});

test("an unknown line in a row asks which way and guesses nothing", async () => {
  const { core, user } = openWindow();
  const first = within(await row(1));
  await user.click(first.getByRole("button", { name: /^Landline, flat 1: unknown/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Landline, flat 1: which way?" }));
  expect(requests(core, "switch_line")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Turn off" }));
  await waitFor(() => expect(first.getByRole("switch", { name: "Landline, flat 1" })).not.toBeChecked());
  expect(requests(core, "switch_line")).toMatchObject([{ line: "landline", on: false }]);
});

test("what became of a switch stays through a look at another screen, until it is dismissed", async () => {
  const core = createFakeCore();
  core.next("switch_line", { fail: commandError("write_unknown", { host: "h" }) });
  const { user } = openWindow({ core });
  await user.click(within(await row(1)).getByRole("switch", { name: "Smartphone, flat 1" }));
  await user.click(screen.getByRole("link", { name: "Codes" }));
  await screen.findByRole("grid", { name: "Codes" });
  await user.click(screen.getByRole("link", { name: "Buildings" }));
  const changes = within(await screen.findByRole("region", { name: "Switched lines" }));
  expect(changes.getByText(/This may have been done/)).toBeVisible();
  expect(within(await row(1)).queryByRole("switch", { name: "Smartphone, flat 1" })).toBeNull();
  await user.click(changes.getByRole("button", { name: /^Dismiss/ }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Switched lines" })).toBeNull());
  expect(requests(core, "switch_line")).toHaveLength(1);
});

test("a range of door numbers has lines that are switched by number, and says what else it takes", async () => {
  const core = createFakeCore({
    servers: [{ ...makeServer("demo"), admin: null, billing: { kind: "none" } }],
  });
  const unknown = { state: "unknown" as const, confirmedAt: null };
  const numbers = ["1", "2", "3"].map((number) => ({
    id: null,
    number,
    keyCount: null,
    residentCount: null,
    lines: { analog: unknown, smartphone: unknown, landline: unknown },
    confirmedAt: new Date().toISOString(),
  }));
  const loaded = { listing: "range", total: 3, confirmedAt: new Date().toISOString(), problems: [] };
  const rows = { answer: { total: 3, loaded: 3, offset: 0, rows: numbers } };
  core.next("load_flats", { answer: loaded }, { answer: loaded });
  core.next("list_flats", rows, rows, rows, rows, rows, rows);
  const { user } = openWindow({ core });
  expect(await screen.findByText("Only the door numbers are known.")).toBeVisible();
  screen.getByRole("grid", { name: "Flats" }).focus();
  await user.keyboard("{ArrowDown}{Enter}");
  const pane = within(await screen.findByRole("region", { name: "Flat 2" }));
  expect(pane.getByText(/Its keys, residents and codes need an admin account/)).toBeVisible();
  await user.click(pane.getByRole("button", { name: "Turn on: Smartphone" }));
  await waitFor(() =>
    expect(requests(core, "switch_line")).toMatchObject([{ flat: { id: null, number: "2" }, on: true }]),
  );
});

test("what the server did not say is not shown as none", async () => {
  const core = createFakeCore();
  const flat = core.building.flats[7];
  if (flat !== undefined) Object.assign(flat, { keys: null, residents: null });
  openWindow({ core, at: "/buildings?intercom=1&flat=507" });
  expect(await screen.findByText("The server did not say which keys this flat has.")).toBeVisible();
  expect(screen.getByText("The server did not say who lives here.")).toBeVisible();
});

test("keys are listed, found and copied as the server writes them, and lead to their flat", async () => {
  const { core, user } = openWindow();
  await user.click(await screen.findByRole("tab", { name: "Keys" }));
  expect(await screen.findByRole("row", { name: "Key 0000003001CAA0" })).toBeVisible();
  await user.keyboard("{Control>}f{/Control}");
  await user.keyboard("14ec0004{ArrowDown}");
  await waitFor(() => expect(screen.queryByRole("row", { name: "Key 0000003001CAA0" })).toBeNull());
  const found = within(await screen.findByRole("row", { name: "Key 14ec0004" }));
  expect(found.getByText("not said")).toBeVisible();
  await user.keyboard("c");
  await waitFor(() => expect(requests(core, "copy_text")).toEqual([{ text: "14ec0004" }]));
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "Flat 5" })).toBeVisible();
});

test("where an intercom’s keys are not listed, it says where they stand", async () => {
  const core = createFakeCore();
  core.next("load_keys", { answer: { listing: "not_offered", total: 0, confirmedAt: null, problems: [] } });
  openWindow({ core, at: "/buildings?intercom=1&keys=true" });
  expect(await screen.findByText(/The keys of a flat stand with the flat/)).toBeVisible();
});

test("a server that turned out to be away shows no intercom as online until it says so anew", async () => {
  const core = createFakeCore();
  const said = (at: number) => {
    core.building.intercoms = [
      bareIntercom(1, { title: "Gate", online: true, onlineAt: new Date(at).toISOString() }),
    ];
  };
  said(Date.now() - 1000);
  const { user } = openWindow({ core });
  expect(await screen.findByRole("button", { name: /^Gate .*(?<!was )online · just now/ })).toBeVisible();
  core.next("load_flats", { fail: commandError("no_answer", { host: "h" }) });
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(await screen.findByRole("button", { name: /^Gate .*was online · just now/ })).toBeVisible();
  said(Date.now() + 1000);
  await user.click(screen.getByRole("button", { name: "Refresh the intercoms" }));
  expect(await screen.findByRole("button", { name: /^Gate .*(?<!was )online · just now/ })).toBeVisible();
});

test("a narrow list of keys tells on a second line what it has no column for", async () => {
  const wide = vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(500);
  onTestFinished(() => wide.mockRestore());
  openWindow({ at: "/buildings?intercom=1&keys=true" });
  const [, first] = within(await screen.findByRole("grid", { name: "Keys" })).getAllByRole("row", {
    name: /^Key /,
  });
  expect(first).toHaveTextContent(/Created: Mon, 6 May 2024/);
});

test("while the server is away no intercom is shown as online, whoever noticed", async () => {
  const core = createFakeCore();
  const now = new Date().toISOString();
  core.building.intercoms = [bareIntercom(1, { title: "Gate", online: true, onlineAt: now })];
  openWindow({ core });
  expect(await screen.findByRole("button", { name: /^Gate .*(?<!was )online · just now/ })).toBeVisible();
  core.state.servers = core.state.servers.map((each) => ({ ...each, lostAt: now }));
  act(() => core.tell({ kind: "changed", tags: ["app"] }));
  expect(await screen.findByRole("button", { name: /^Gate .*was online · just now/ })).toBeVisible();
});

test("an old answer, or a failed list, never shows an intercom as online", async () => {
  const core = createFakeCore();
  const old = new Date(Date.now() - 15.5 * 60_000).toISOString();
  core.building.intercoms = [bareIntercom(1, { title: "Gate", online: true, onlineAt: old, added: true })];
  openWindow({ core });
  expect(
    await screen.findByRole("button", { name: /^Gate .*was online · 15 min ago added by you/ }),
  ).toBeVisible();
});

test("an intercom is added by its hardware address, with a word on where that works", async () => {
  const { core, user } = openWindow();
  await user.click(await screen.findByRole("button", { name: "Add intercom" }));
  await user.click(screen.getByRole("radio", { name: "MAC address" }));
  const field = screen.getByRole("textbox", { name: "MAC address" });
  expect(field).toHaveAccessibleDescription(/billing interface did not name intercoms/);
  await user.type(field, "08-13-cd-00-0b");
  await user.click(screen.getByRole("button", { name: "Add" }));
  expect(screen.getByText(/has twelve hex digits/)).toBeVisible();
  await user.type(field, "-28{Enter}");
  await waitFor(() =>
    expect(requests(core, "add_intercom")).toEqual([
      { server: "demo", by: { kind: "mac", mac: "08:13:CD:00:0B:28" } },
    ]),
  );
});

test("markup and direction marks of a server are shown as text and turn nothing around", async () => {
  const core = createFakeCore();
  core.building.intercoms = [bareIntercom(1, { title: "<b>Gate</b>\u202e12" })];
  openWindow({ core });
  expect(await screen.findByRole("heading", { name: "<b>Gate</b>\ufffd12" })).toBeVisible();
});

test("a hardware address reads the same with any separators, and nothing else reads as one", () => {
  const pair = fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, "0"));
  fc.assert(
    fc.property(
      fc.array(pair, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(":", "-", ".", " ", ""),
      (pairs, by) => {
        expect(readMac(pairs.join(by))).toBe(pairs.join(":").toUpperCase());
      },
    ),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readMac(text) ?? "00:00:00:00:00:00").toMatch(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/);
    }),
  );
});

test("an external id is measured in bytes, as the core measures it", () => {
  expect(readName("external_id", "a".repeat(200))).not.toBeNull();
  expect(readName("external_id", "a".repeat(201))).toBeNull();
  expect(readName("external_id", "я".repeat(100))).not.toBeNull();
  expect(readName("external_id", "я".repeat(101))).toBeNull();
});

test.each(["not_offered", "no_account"])(
  "lines are reached by door number where flats are %s",
  async (listing) => {
    const core = createFakeCore({
      servers: [{ ...makeServer("demo"), admin: null, billing: { kind: "own", state: "signed_in" } }],
    });
    const nothing = { listing, total: 0, confirmedAt: null, problems: [] };
    core.next("load_flats", { answer: nothing }, { answer: nothing }, { answer: nothing });
    const none = { answer: { total: 0, loaded: 0, offset: 0, rows: [] } };
    core.next("list_flats", none, none, none, none);
    const { user } = openWindow({ core });
    const number = await screen.findByRole("textbox", { name: "Number on the door" });
    expect(number).toHaveAccessibleDescription(/not known until the server answers/);
    await user.type(number, "12{Enter}");
    const pane = within(await screen.findByRole("region", { name: "Flat 12" }));
    await user.click(pane.getByRole("button", { name: "Turn on: Landline" }));
    await waitFor(() =>
      expect(requests(core, "switch_line")).toMatchObject([{ flat: { id: null, number: "12" }, on: true }]),
    );
  },
);

test("a switch that is no news any more is not taken back by a key", async () => {
  const { core, user } = openWindow();
  await user.click(within(await row(1)).getByRole("switch", { name: "Analog handset, flat 1" }));
  expect(await screen.findByRole("button", { name: /^Undo/ })).toBeVisible();
  const real = Date.now;
  Date.now = () => real() + 61_000;
  try {
    await user.keyboard("u");
    expect(await screen.findByText("There is nothing to take back.")).toBeVisible();
    expect(requests(core, "switch_line")).toHaveLength(1);
  } finally {
    Date.now = real;
  }
});
