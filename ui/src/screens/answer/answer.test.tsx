import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import { later, openWindow, requests } from "../../testing/window";

const field = () => screen.getByRole("combobox", { name: "Search everything" });

/** Looks for a text from the codes and opens the card of the first hit. */
async function card(text: string, core = createFakeCore()) {
  const window = openWindow({ core, at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  const before = screen.getByRole("button", { name: "New code" });
  before.focus();
  await window.user.keyboard("/");
  // At the speed of a test, digits that are typed are a reader's.
  fireEvent.change(field(), { target: { value: text } });
  await screen.findAllByRole("option");
  await waitFor(() => expect(field()).not.toHaveAttribute("aria-busy"));
  await window.user.keyboard("{Enter}");
  return { ...window, before, card: within(await screen.findByRole("dialog")) };
}

const group = (of: ReturnType<typeof within>, name: RegExp) => within(of.getByRole("region", { name }));

test("the card of a flat has its place, its lines, codes, residents and keys, each with its age", async () => {
  const { card: shown, core } = await card("4");
  expect(shown.getByRole("heading", { name: "Flat 4" })).toBeVisible();
  expect(shown.getByText("1 · Подъезд 1 · ул. Ленина, 12")).toBeVisible();
  await waitFor(() => expect(requests(core, "load_flat")).toHaveLength(1));
  expect(group(shown, /Lines/u).getByText("Analog handset")).toBeVisible();
  expect(group(shown, /^Residents/u).getAllByText(/confirmed/u)).not.toHaveLength(0);
  expect(group(shown, /^Keys/u).getAllByText(/confirmed/u)).not.toHaveLength(0);
  expect(group(shown, /Visitor codes/u).getByText(/confirmed/u)).toBeVisible();
  // It looks, and nothing else.
  const said = core.calls.map(({ name }) => name);
  expect(said.filter((name) => /^(issue|switch|delete|settle|copy)/u.test(name))).toEqual([]);
});

test("Escape returns to the search with what was typed, then to where one was", async () => {
  const { user, before } = await card("45");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(field()).toHaveFocus());
  expect(field()).toHaveValue("45");
  expect(await screen.findByRole("option", { name: /^Flat 45 .*Подъезд 1 / })).toBeVisible();
  await user.keyboard("{Escape}{Escape}");
  expect(before).toHaveFocus();
});

test("the first action, by Enter or by Ctrl+Enter, leads to the form for a code and sends nothing", async () => {
  const { user, core } = await card("45");
  await waitFor(() => expect(screen.getByRole("button", { name: "Issue code" })).toHaveFocus());
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.queryByRole("dialog")).toBeNull();
  const form = await screen.findByRole("form", { name: "Issue a code" });
  await waitFor(() => expect(within(form).getByRole("textbox", { name: "Title" })).toHaveFocus());
  expect(screen.getByRole("heading", { name: "Flat 45", level: 1 })).toBeVisible();
  expect(requests(core, "issue_code")).toEqual([]);
});

/** What Enter does to what has the focus while it is held down. */
function holdEnter() {
  for (let times = 0; times < 5; times += 1) {
    const target = document.activeElement ?? document.body;
    if (!fireEvent.keyDown(target, { key: "Enter", code: "Enter", repeat: true })) continue;
    if (target instanceof HTMLButtonElement) target.click();
    if (target instanceof HTMLInputElement) target.form?.requestSubmit();
  }
}

test("an Enter that is held down goes no further than the card, and no further than the form", async () => {
  const { user, core } = await card("45");
  await waitFor(() => expect(screen.getByRole("button", { name: "Issue code" })).toHaveFocus());
  holdEnter();
  expect(screen.getByRole("dialog", { name: "Flat 45" })).toBeVisible();
  await user.keyboard("{Enter}");
  const form = within(await screen.findByRole("form", { name: "Issue a code" }));
  const title = form.getByRole("textbox", { name: "Title" });
  await user.type(title, "Courier");
  holdEnter();
  expect(form.getByRole("button", { name: "Issue code" })).toBeEnabled();
  expect(requests(core, "issue_code")).toEqual([]);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(requests(core, "issue_code")).toHaveLength(1));
});

test("a line is switched where its switches are: the first of them has the focus", async () => {
  const { user, core, card: shown } = await card("45");
  await user.click(shown.getByRole("button", { name: "Switch a line" }));
  const analog = await screen.findByRole("group", { name: "Analog handset" });
  await waitFor(() => expect(analog).toContainElement(document.activeElement as HTMLElement));
  expect(requests(core, "switch_line")).toEqual([]);
});

test("a key is marked among the keys of its flat, said how it was read, and copied", async () => {
  const core = createFakeCore();
  const key = core.building.flats[4]?.keys?.[0]?.key ?? "";
  const { user, card: shown } = await card(key.toLowerCase(), core);
  expect(shown.getByRole("heading", { name: "Flat 5" })).toBeVisible();
  expect(shown.getByText("as the server writes it")).toBeVisible();
  const keys = await screen.findByRole("region", { name: /^Keys/u });
  expect(within(keys).getAllByText("found")).toHaveLength(1);
  expect(within(keys).getAllByRole("listitem")[0]).toHaveTextContent(/found/u);
  await user.click(shown.getByRole("button", { name: "Copy the key" }));
  expect(await shown.findByText("Copied.")).toBeVisible();
  expect(requests(core, "copy_text")).toEqual([{ text: key }]);
});

test("a code is marked among those of its flat, and deleted only after the question of the list of codes", async () => {
  const { user, core, card: shown } = await card("plumb");
  await waitFor(() => expect(shown.getByRole("button", { name: "Copy the code" })).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(requests(core, "copy_code")).toHaveLength(1));
  await user.click(await shown.findByRole("button", { name: "Delete the code" }));
  const question = await screen.findByRole("alertdialog", { name: "Delete 1 code?" });
  expect(within(question).getByText("Plumber")).toBeVisible();
  expect(requests(core, "delete_codes")).toEqual([]);
});

test("a flat that cannot be asked for is shown as it is remembered, and says so below it", async () => {
  const core = createFakeCore();
  core.next("load_flat", { fail: commandError("never_reached") });
  const { card: shown } = await card("45", core);
  expect(await shown.findByRole("region", { name: /keys/iu })).toBeVisible();
  expect(await shown.findByRole("alert")).toBeVisible();
  expect(shown.getByRole("button", { name: "Issue code" })).toHaveFocus();
});

/** A core whose server has not been reached for five minutes. */
function away() {
  const lostAt = new Date(Date.now() - 5 * 60_000).toISOString();
  const core = createFakeCore({ servers: [{ ...makeServer("demo"), lostAt }] });
  core.next("load_flat", { fail: commandError("never_reached") });
  return core;
}

test("while the server is away the card says since when, and greys what would change something", async () => {
  const { user, core, card: shown } = await card("45", away());
  expect(await shown.findByText(/cannot be reached since/u)).toBeVisible();
  expect(shown.getByText("This is what was last seen.")).toBeVisible();
  expect(shown.queryByRole("alert")).toBeNull();
  const issue = shown.getByRole("button", { name: "Issue code" });
  await waitFor(() => expect(issue).toHaveFocus());
  for (const name of ["Issue code", "Switch a line"]) {
    const action = shown.getByRole("button", { name });
    expect(action).toHaveAttribute("aria-disabled", "true");
    expect(action).toHaveAccessibleDescription(/nothing can be changed/u);
  }
  await user.keyboard("{Enter}");
  expect(shown.getByText(/nothing can be changed/u)).toHaveAttribute("role", "status");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.getByRole("dialog", { name: "Flat 45" })).toBeVisible();
  expect(requests(core, "issue_code")).toEqual([]);
  expect(shown.getByRole("button", { name: "Open the flat" })).not.toHaveAttribute("aria-disabled");
  await user.click(shown.getByRole("button", { name: "Open the flat" }));
  expect(await screen.findByRole("heading", { name: "Flat 45", level: 1 })).toBeVisible();
});

test("Ctrl+Enter on a hit opens its card where its first action cannot be done", async () => {
  const core = away();
  const { user } = openWindow({ core, at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  await user.keyboard("/");
  fireEvent.change(field(), { target: { value: "45" } });
  await screen.findAllByRole("option");
  await waitFor(() => expect(field()).not.toHaveAttribute("aria-busy"));
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByRole("dialog", { name: "Flat 45" })).toBeVisible();
});

test("a sign-in that has expired is told on the card, once, with the way to sign in again", async () => {
  const server = makeServer("demo");
  if (server.admin === null) throw new Error("nobody is signed in");
  const core = createFakeCore({ servers: [{ ...server, admin: { ...server.admin, state: "expired" } }] });
  const { card: shown } = await card("45", core);
  expect(await shown.findByText(/sign-in has expired/u)).toBeVisible();
  expect(shown.getAllByRole("button", { name: /sign in again/iu })).toHaveLength(1);
});

test("what the server says takes the place of what was remembered, and the focus stays", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("load_flat", { wait: answer.promise });
  const { user, card: shown } = await card("4", core);
  await shown.findByRole("region", { name: /residents/iu });
  await user.keyboard("{Tab}");
  const second = document.activeElement;
  const flat = core.building.flats[3];
  if (flat === undefined) throw new Error("no such flat");
  flat.residents = [{ id: 9, name: "Новосёлов Илья", login: null, validUntil: null, validity: "unknown" }];
  answer.resolve();
  expect(await shown.findByText("Новосёлов Илья")).toBeVisible();
  expect(document.activeElement).toBe(second);
});

test("without an admin account the card says why no code can be issued, and leads to the sign-in", async () => {
  const core = createFakeCore({ servers: [{ ...makeServer("demo"), admin: null }] });
  const { card: shown } = await card("45", core);
  expect(shown.queryByRole("button", { name: "Issue code" })).toBeNull();
  expect(shown.getByRole("button", { name: /Sign in/u })).toBeVisible();
});
