import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer, makeSync } from "../../dev/fakeServers";
import { field, flat, found, NOTHING, opened, option, person } from "../../testing/search";
import { later, openWindow, requests } from "../../testing/window";

test("typing finds, and Enter answers with the card, its first action ready", async () => {
  const { core, user } = await opened();
  await user.keyboard("/");
  expect(field()).toHaveFocus();
  await user.keyboard("45");
  expect(await option(/^Flat 45 .*Подъезд 1 /)).toHaveAttribute("aria-selected", "true");
  expect(requests(core, "search")).toEqual([{ text: "4" }, { text: "45" }]);
  await user.keyboard("{Enter}");
  const card = await screen.findByRole("dialog", { name: "Flat 45" });
  await waitFor(() => expect(within(card).getByRole("button", { name: "Issue code" })).toHaveFocus());
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("Ctrl+Enter leads from the search to the form for a code, also where that flat is open already", async () => {
  const { core, user } = await opened();
  for (let round = 0; round < 2; round += 1) {
    await user.keyboard("{Control>}k{/Control}");
    expect(field()).toHaveFocus();
    await user.keyboard("45");
    await option(/^Flat 45 .*Подъезд 1 /);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("heading", { name: "Flat 45" })).toBeVisible();
    const form = await screen.findByRole("form", { name: "Issue a code" });
    await waitFor(() => expect(within(form).getByRole("textbox", { name: "Title" })).toHaveFocus());
  }
  expect(requests(core, "issue_code")).toEqual([]);
});

test("Enter before the answer opens what is found, once it is", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("search", { wait: answer.promise });
  const { user } = await opened(undefined, core);
  await user.keyboard("/");
  await user.keyboard("45{Enter}");
  expect(requests(core, "search")).toEqual([{ text: "4" }]);
  answer.resolve();
  expect(await screen.findByRole("heading", { name: "Flat 45" })).toBeVisible();
  expect(requests(core, "search")).toEqual([{ text: "4" }, { text: "45" }]);
});

test("one question at a time, and a late answer never replaces a newer one", async () => {
  const core = createFakeCore();
  const [first, second] = [later(), later()];
  core.next("search", { wait: first.promise }, { wait: second.promise });
  const { user } = await opened(undefined, core);
  await user.keyboard("/");
  await user.keyboard("119");
  expect(requests(core, "search")).toEqual([{ text: "1" }]);
  expect(field()).toHaveAttribute("aria-busy", "true");
  first.resolve();
  await waitFor(() => expect(requests(core, "search")).toEqual([{ text: "1" }, { text: "119" }]));
  second.resolve();
  await option(/^Flat 119 .*Подъезд 1 /);
  await waitFor(() => expect(screen.queryByRole("option", { name: /^Flat 1 / })).toBeNull());
  expect(field()).not.toHaveAttribute("aria-busy");
});

test("what was read since is found: no answer is kept", async () => {
  const { core, user } = await opened({});
  await user.keyboard("/");
  await user.keyboard("7");
  await screen.findByText(/Nothing this desk has seen matches “7”/u);
  await user.keyboard("{Escape}7");
  await option(/^Flat 7 .*Подъезд 1 /);
  expect(requests(core, "search")).toHaveLength(2);
});

test("arrows, Home and End move; Escape clears, then gives the focus back", async () => {
  const { user } = openWindow({ at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  const before = screen.getByRole("button", { name: "New code" });
  before.focus();
  await user.keyboard("/");
  await user.keyboard("1");
  await screen.findAllByRole("option");
  const all = () => screen.getAllByRole("option");
  const active = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "");
  expect(active()).toBe(all()[0]);
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe(all()[1]);
  await user.keyboard("{End}");
  expect(active()).toBe(all().at(-1));
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe(all()[0]);
  await user.keyboard("{ArrowUp}{Home}{ArrowUp}");
  expect(active()).toBe(all().at(-1));
  expect(active()).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Escape}");
  expect(field()).toHaveValue("");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(field()).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(before).toHaveFocus();
});

test("more of a kind is shown with the keyboard, until something else is typed", async () => {
  const many = Array.from({ length: 8 }, (_, nth) => flat(500 + nth, `1${nth}`));
  const { core, user } = await found({ flats: many, people: [person()], more: ["flats"] });
  expect(screen.getByRole("group", { name: /^Flats.*the 8 best of more$/u })).toBeVisible();
  expect(screen.getByText("9 found, and there is more")).toHaveAttribute("role", "status");
  await user.keyboard("{ArrowDown>8/}");
  expect(await option("Show more")).toHaveAttribute("aria-selected", "true");
  core.next("search", { answer: { ...NOTHING, flats: [...many, flat(508, "18")], people: [person()] } });
  await user.keyboard("{Enter}");
  expect(await option(/^Flat 18 /)).toHaveAttribute("aria-selected", "true");
  expect(screen.queryByRole("option", { name: "Show more" })).toBeNull();
  expect(screen.getByRole("group", { name: "Flats" })).toBeVisible();
  await user.keyboard("5");
  const asked = requests(core, "search") as object[];
  expect(asked[1]).toEqual(expect.objectContaining({ more: "flats" }));
  await waitFor(() => expect(requests(core, "search").at(-1)).not.toHaveProperty("more"));
});

test("nothing found says so, and what can be done", async () => {
  const { user } = await opened({});
  await user.keyboard("/");
  await user.keyboard("ж");
  expect(await screen.findByText("Nothing this desk has seen matches “ж”.")).toBeVisible();
  expect(field()).toHaveAttribute("aria-expanded", "false");
  await user.keyboard("{Tab}{Tab}{Enter}");
  expect(await screen.findByRole("region", { name: "Intercoms" })).toBeVisible();
  expect(screen.queryByText(/Nothing this desk/u)).toBeNull();
});

test.each([
  ["that not all was read", { completedAt: null }, "ж", false, [1, 0]],
  ["that something was missed", { missedCount: 1 }, "ж", false, [1, 0]],
  ["that flats could not be read", { failed: 2 }, "ж", false, [1, 0]],
  ["that it is being read", { state: "paused" as const }, "ж", false, [1, 0]],
  ["that a key may be written in another way", {}, "7f4", true, [0, 1]],
  ["the same of so many digits", {}, "21634804", false, [0, 1]],
  ["neither for words where all was read", {}, "ж 12 34", false, [0, 0]],
])("nothing found says what may be the reason: %s", async (_, sync, text, isKey, [partial, key]) => {
  const core = createFakeCore();
  core.next("list_syncs", { answer: { servers: [makeSync("demo", sync)] } });
  core.next("search", ...[...text].map(() => ({ answer: { ...NOTHING, isKey } })));
  const { user } = await opened(undefined, core);
  await user.keyboard("/");
  await user.keyboard(text);
  expect(await screen.findByText(`Nothing this desk has seen matches “${text}”.`)).toBeVisible();
  expect(screen.queryAllByText(/Buildings are read by themselves/u)).toHaveLength(partial ?? 0);
  expect(screen.queryAllByText(/another way/u)).toHaveLength(key ?? 0);
});

test("a search that failed says so", async () => {
  const core = createFakeCore();
  core.next("search", { fail: commandError("internal") });
  const { user } = await opened(undefined, core);
  await user.keyboard("/");
  await user.keyboard("4");
  expect(await screen.findByRole("alert")).toBeVisible();
  await user.keyboard("5");
  await option(/^Flat 45 .*Подъезд 1 /);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("while something is searched the way to look for a lost server rests, until it is pressed itself", async () => {
  const lostAt = new Date(Date.now() - 5 * 60_000).toISOString();
  const core = createFakeCore({ servers: [{ ...makeServer("demo"), lostAt }] });
  const [search, about] = [later(), later()];
  core.next("search", { wait: search.promise });
  const { user } = await opened(undefined, core);
  const look = screen.getByRole("button", { name: "Look now" });
  await user.keyboard("/");
  await user.keyboard("4");
  expect(field()).toHaveAttribute("aria-busy", "true");
  expect(look).not.toHaveAttribute("aria-busy");
  search.resolve();
  await option(/^Flat 4 /);
  core.next("about", { wait: about.promise });
  await user.click(look);
  expect(look).toHaveAttribute("aria-busy", "true");
  about.resolve();
  await waitFor(() => expect(look).not.toHaveAttribute("aria-busy"));
});
