import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import { openWindow, requests } from "../../testing/window";

test("the tabs count, and filter what the core lists", async () => {
  const { core, user } = openWindow({ at: "/codes" });
  await user.click(await screen.findByRole("tab", { name: "Live 4" }));
  await waitFor(() => expect(requests(core, "list_codes").at(-1)).toMatchObject({ filter: "live" }));
  await waitFor(() => expect(screen.queryByRole("row", { name: /Courier/ })).toBeNull());
});

test("an unresolved code explains itself and leaves the list only by the person’s word", async () => {
  const { core, user } = openWindow({ at: "/codes" });
  await user.click(await screen.findByRole("row", { name: "no digits known Гость 4" }));
  expect(await screen.findByText("Perhaps issued – no usable answer came")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "I have checked, take it off the list" }));
  await waitFor(() => expect(screen.queryByRole("row", { name: /Гость 4/ })).toBeNull());
  expect(requests(core, "settle_code")).toEqual([{ server: "demo", key: "code-0" }]);
});

test("a code is copied through the core and never by the page", async () => {
  const { core, user } = openWindow({ at: "/codes" });
  await user.click(await screen.findByRole("row", { name: "04417 Plumber" }));
  await user.click(await screen.findByRole("button", { name: "Copy" }));
  expect(await screen.findByText("Copied to the clipboard")).toBeVisible();
  expect(requests(core, "copy_code")).toEqual([{ server: "demo", key: "code-2" }]);
});

test("N opens a new code, whose flat is found by its door number", async () => {
  const { core, user } = openWindow({ at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  await user.keyboard("n");
  const pane = within(await screen.findByRole("region", { name: "New code" }));
  await user.type(await pane.findByRole("textbox", { name: "Flat number" }), "45");
  await user.type(await pane.findByRole("textbox", { name: "Title" }), "Courier{Enter}");
  await pane.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")[0]).toMatchObject({ intercom: 1, flat: { id: 544, number: "45" } });
});

test("a code for the client account’s own flat names no flat", async () => {
  const { core, user } = openWindow({ at: "/codes?new=true" });
  await user.click(await screen.findByRole("radio", { name: "The client account’s own flat" }));
  await user.type(await screen.findByRole("textbox", { name: "Title" }), "Courier{Enter}");
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")[0]).toMatchObject({ intercom: 1, flat: null });
});

test("a new code needs no mouse: N, the number, Enter, a title, Enter", async () => {
  const { core, user } = openWindow({ at: "/codes" });
  await screen.findByRole("grid", { name: "Codes" });
  await user.keyboard("n");
  await user.type(await screen.findByRole("textbox", { name: "Flat number" }), "45{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Title" })).toHaveFocus());
  await user.keyboard("Courier{Enter}");
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")).toMatchObject([{ title: "Courier", flat: { number: "45" } }]);
});

test("a code on its way, or in a state this window does not know, is never called live", async () => {
  const core = createFakeCore();
  const [, asked, strange] = core.codes;
  if (asked !== undefined) Object.assign(asked, { state: "asked", code: null, deletion: "nothing_known" });
  if (strange !== undefined) Object.assign(strange, { state: "frozen" });
  const { user } = openWindow({ core, at: "/codes" });
  const row = within(await screen.findByRole("row", { name: /Anna/ }));
  expect(row.getByText("on its way")).toBeVisible();
  expect(within(screen.getByRole("row", { name: /Plumber/ })).getByText("state not known")).toBeVisible();
  await user.click(screen.getByRole("row", { name: /Anna/ }));
  expect(await screen.findByText(/has not answered yet. Nothing needs to be done/)).toBeVisible();
  expect(screen.queryByText(/It cannot be deleted/)).toBeNull();
});

test("that the server is away is told once, on top, where codes are remembered", async () => {
  const lostAt = new Date(Date.now() - 5 * 60_000).toISOString();
  const core = createFakeCore({ servers: [{ ...makeServer("demo"), lostAt }] });
  core.next("load_codes", { fail: commandError("never_reached") });
  openWindow({ core, at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  expect(await screen.findByText(/cannot be reached since/u)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("where the server does not answer a new code is still for the door number that is remembered", async () => {
  const core = createFakeCore();
  openWindow({ core, at: "/buildings?intercom=1" });
  await screen.findByRole("row", { name: "Flat 1" });
  cleanup();
  core.next("load_flats", { fail: commandError("server_trouble", { status: 502, host: "h" }) });
  const { user } = openWindow({ core, at: "/codes?new=true" });
  const number = await screen.findByRole("textbox", { name: "Flat number" });
  await user.type(number, "45{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Title" })).toHaveFocus());
  expect(requests(core, "load_flat")).toEqual([]);
});

test("a new code is offered at the intercom that was looked at last, and what is typed replaces the number before", async () => {
  const { core, user } = openWindow();
  const second = core.building.intercoms[1];
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${second?.title}`) }));
  await screen.findByRole("heading", { name: second?.title ?? "", level: 1 });
  await user.keyboard("n");
  const intercom = await screen.findByRole("combobox", { name: "Intercom" });
  expect(intercom).toHaveValue(String(second?.id));
  await user.type(screen.getByRole("textbox", { name: "Flat number" }), "12");
  await user.keyboard("{Escape}");
  await user.keyboard("n");
  const number = await screen.findByRole("textbox", { name: "Flat number" });
  await waitFor(() => expect(number).toHaveFocus());
  expect(number).toHaveValue("12");
  await user.keyboard("45");
  expect(number).toHaveValue("45");
});

test("where the server does not answer and nothing is remembered, a door number is taken for no record", async () => {
  const core = createFakeCore();
  core.next("load_flats", { fail: commandError("server_trouble", { status: 502, host: "h" }) });
  const { user } = openWindow({ core, at: "/codes?new=true" });
  await screen.findByRole("button", { name: "Try again" });
  await user.type(screen.getByRole("textbox", { name: "Flat number" }), "45{Enter}");
  expect(requests(core, "load_flat")).toEqual([]);
  expect(screen.queryByRole("textbox", { name: "Title" })).toBeNull();
});
