import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { FoundAt } from "../../core/bindings/FoundAt";
import type { FoundKey } from "../../core/bindings/FoundKey";
import type { KeyNotation } from "../../core/bindings/KeyNotation";
import type { SearchResults } from "../../core/bindings/SearchResults";
import { bareIntercom } from "../../dev/building";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import en from "../../i18n/en.json";
import { later, openWindow, requests } from "../../testing/window";
import { stretches } from "./Marked";

const NOTHING: SearchResults = {
  ...{ flats: [], people: [], keys: [], codes: [], intercoms: [] },
  ...{ more: [], readAs: null, lookedThrough: 3, isKey: false, intercomMeant: false },
};
const AT: FoundAt = {
  server: "demo",
  serverName: "Lenina 12",
  intercom: 1,
  shortName: null,
  intercomTitle: "Подъезд 1",
  address: null,
  entrance: null,
  marks: [],
};
const unknown = { state: "unknown", confirmedAt: null } as const;
const flat = (id: number | null, number: string, at: Partial<FoundAt> = {}) => ({
  at: { ...AT, ...at },
  flat: {
    id,
    number,
    keyCount: 1,
    residentCount: 1,
    lines: { analog: unknown, smartphone: unknown, landline: unknown },
    confirmedAt: new Date(Date.now() - 2.5 * 60_000).toISOString(),
    goneAt: null as string | null,
  },
});
const key = (how: KeyNotation, more: Partial<FoundKey["key"]> = {}): FoundKey => ({
  at: AT,
  how,
  key: {
    id: 7,
    key: "0000003004CAA0",
    owner: { kind: "nobody" },
    flat: null,
    createdAt: null,
    confirmedAt: new Date().toISOString(),
    goneAt: null,
    ...more,
  },
});
const person = (more: Partial<SearchResults["people"][number]> = {}) => ({
  at: AT,
  id: 3,
  name: "Семёнова Алёна",
  login: null,
  flat: 504,
  flatNumber: "5",
  isResident: true,
  confirmedAt: null,
  goneAt: null,
  others: 0,
  ...more,
});

const field = () => screen.getByRole("combobox", { name: "Search everything" });
const option = (name: string | RegExp) => screen.findByRole("option", { name });

async function opened(answer?: Partial<SearchResults>, core = createFakeCore()) {
  if (answer !== undefined) core.next("search", { answer: { ...NOTHING, ...answer } });
  const window = openWindow({ core, at: "/settings" });
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return window;
}

/** One character, so that one question is asked. */
async function found(answer: Partial<SearchResults>, core = createFakeCore()) {
  const window = await opened(answer, core);
  await window.user.keyboard("/");
  await window.user.keyboard("x");
  await screen.findAllByRole("option");
  return window;
}

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
  const all = await screen.findAllByRole("option");
  const active = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "");
  expect(active()).toBe(all[0]);
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe(all[1]);
  await user.keyboard("{End}");
  expect(active()).toBe(all.at(-1));
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe(all[0]);
  await user.keyboard("{ArrowUp}{Home}{ArrowUp}");
  expect(active()).toBe(all.at(-1));
  expect(active()).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Escape}");
  expect(field()).toHaveValue("");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(field()).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(before).toHaveFocus();
});

test("what was found stands in groups, the found part marked, with its place and its age", async () => {
  await found({
    flats: [flat(504, "45", { marks: [{ field: "number", from: 0, to: 1 }], address: "ул. Ленина, 12" })],
    people: [
      person({
        at: {
          ...AT,
          marks: [
            { field: "name", from: 0, to: 8 },
            { field: "name", from: 9, to: 13 },
          ],
        },
      }),
      person({ id: 4, name: null, login: "ivan@mail.example", isResident: false }),
    ],
  });
  const flats = within(screen.getByRole("group", { name: "Flats" }));
  expect(flats.getByRole("option")).toHaveTextContent(
    "Flat 45 confirmed 2 min ago Подъезд 1 · ул. Ленина, 12",
  );
  expect(flats.getByText("4").tagName).toBe("MARK");
  const people = within(screen.getByRole("group", { name: "People" }));
  expect(people.getByText("Алён").tagName).toBe("MARK");
  expect(people.getByRole("option", { name: /^Семёнова Алёна resident/ })).toBeVisible();
  expect(people.getAllByRole("option")[1]).toHaveTextContent("ivan@mail.example key owner");
  expect(people.getAllByRole("option")[1]).toHaveTextContent("flat 5 · Подъезд 1");
  // One server: its name says nothing.
  expect(screen.queryByText(/Lenina 12/u)).toBeNull();
  expect(screen.getByText("3 found")).toHaveAttribute("role", "status");
});

test("whoever is at several places is told once, with how many others there are", async () => {
  await found({ people: [person({ others: 1 }), person({ id: 4, others: 2 }), person({ id: 5 })] });
  const people = screen.getAllByRole("option");
  expect(people[0]).toHaveTextContent("flat 5 · Подъезд 1 · and 1 other place");
  expect(people[1]).toHaveTextContent("Подъезд 1 · and 2 other places");
  expect(people[2]).not.toHaveTextContent("other place");
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

test("what was read with the other layout of the keyboard is said above what was found", async () => {
  await found({ people: [person()], readAs: "Семёнова" });
  expect(screen.getByText(/Read as “Семёнова”/u)).toHaveAttribute("role", "status");
  expect(screen.getByRole("option", { name: /^Семёнова Алёна/ })).toBeVisible();
});

test("a mark counts characters as the core does, and one that does not fit breaks nothing", () => {
  expect(stretches("Ян🙂Ёлкин", [{ from: 4, to: 7 }]).map(({ part, isFound }) => [part, isFound])).toEqual([
    ["Ян🙂", false],
    ["Ёлк", true],
    ["ин", false],
  ]);
  const mark = fc.record({ from: fc.integer({ min: -3, max: 30 }), to: fc.integer({ min: -3, max: 30 }) });
  fc.assert(
    fc.property(fc.string(), fc.array(mark), (text, marks) => {
      expect(
        stretches(text, marks)
          .map(({ part }) => part)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("of a key it is said how what was typed was read", async () => {
  const hows = Object.keys(en.search.how) as KeyNotation[];
  await found({ keys: hows.map((how, id) => key(how, { id })) });
  const options = screen.getAllByRole("option");
  hows.forEach((how, index) => {
    expect(options[index]).toHaveTextContent(`0000003004CAA0 nobody’s ${en.search.how[how]}`);
  });
});

test.each([
  ["a person", { people: [person()] }, "Flat 5"],
  ["a key of a flat", { keys: [key("decimal", { flat: { id: 506, number: "7" } })] }, "Flat 7"],
  ["a flat of which only the number is known", { flats: [flat(null, "8")] }, "Flat 8"],
])("%s opens the flat", async (_what, answer, heading) => {
  const { core, user } = await found(answer);
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: "Open the flat" }));
  expect(await screen.findByRole("heading", { name: heading })).toBeVisible();
  // It only looks: besides where the person is, nothing is told to the core.
  const said = core.calls
    .map(({ name }) => name)
    .filter((name) => !/^(load|list|get|app|search|about|read_log)/u.test(name));
  expect(new Set(said)).toEqual(new Set(["remember_intercom"]));
});

test.each([
  ["a key that belongs to no flat", { keys: [key("hex", { key: "0000003001CAA0" })] }, "0000003001CAA0"],
  ["somebody who has nothing but a key", { people: [person({ flat: null, name: "Müller" })] }, "Müller"],
])("%s leads to the keys that match", async (_what, answer, filter) => {
  const { user } = await found(answer);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByRole("searchbox", { name: "Find a key" })).toHaveValue(filter);
  await waitFor(() => expect(screen.getByRole("grid", { name: "Keys" })).toHaveFocus());
});

test("a code opens its row, however long the list", async () => {
  const { core, user } = await opened();
  await user.keyboard("/");
  await user.keyboard("plumb");
  await option(/Plumber/);
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: "Open the code" }));
  expect(await screen.findByRole("heading", { name: "Plumber", level: 1 })).toBeVisible();
  expect(requests(core, "list_codes")).toContainEqual(expect.objectContaining({ search: "04417" }));
});

test("an intercom is opened with the mouse", async () => {
  const { user } = await found({
    intercoms: [{ at: { ...AT, intercom: 2 }, intercom: bareIntercom(2, { title: "Подъезд 2" }) }],
  });
  await user.click(await option(/Подъезд 2/));
  await user.click(await screen.findByRole("button", { name: "Open the intercom" }));
  expect(await screen.findByRole("heading", { name: "Подъезд 2", level: 1 })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("grid", { name: "Flats" })).toHaveFocus());
});

test("a hit of another server makes it the active one first, and goes nowhere where that fails", async () => {
  const core = createFakeCore({
    servers: [makeServer("demo"), { ...makeServer("other"), name: "Lenina 14" }],
  });
  const there = { flats: [flat(504, "5", { server: "other", serverName: "Lenina 14" })] };
  core.next("activate_server", { fail: commandError("preferences_failed") });
  const { user } = await found(there, core);
  expect(await option(/Подъезд 1 · Lenina 14/)).toBeVisible();
  await user.keyboard("{Enter}");
  expect(await screen.findByText("The settings could not be saved.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();

  core.next("search", { answer: { ...NOTHING, ...there } });
  await user.keyboard("/");
  await option(/Подъезд 1 · Lenina 14/);
  await user.keyboard("{Enter}");
  expect(await screen.findByText("The window now shows Lenina 14: what was found is there.")).toBeVisible();
  expect(core.state.active).toBe("other");
  await user.click(screen.getByRole("button", { name: "Open the flat" }));
  expect(await screen.findByRole("heading", { name: "Flat 5", level: 1 })).toBeVisible();
  expect(requests(core, "load_flat")).toEqual([{ server: "other", intercom: 1, flat: 504 }]);
  expect(requests(core, "remember_intercom")).toEqual([{ server: "other", intercom: 1 }]);
});

test("a hit that waits for its server is forgotten once the person goes on to a third one", async () => {
  const named = (id: string, name: string) => ({ ...makeServer(id), name });
  const core = createFakeCore({
    servers: [makeServer("demo"), named("other", "Lenina 14"), named("third", "Lenina 16")],
  });
  // Activated, but the window does not know yet.
  core.next("activate_server", { answer: { ...core.state } });
  const there = { flats: [flat(504, "5", { server: "other", serverName: "Lenina 14" })] };
  const { user } = await found(there, core);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(requests(core, "activate_server")).toHaveLength(1));
  const servers = screen.getByRole("combobox", { name: "Server" });
  for (const server of ["third", "other"]) {
    core.state.active = server;
    act(() => core.tell({ kind: "changed", tags: ["app"] }));
    await waitFor(() => expect(servers).toHaveValue(server));
  }
  expect(screen.queryByText(/The window now shows/u)).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("nothing found says so, and what can be done", async () => {
  const { user } = await opened({});
  await user.keyboard("/");
  await user.keyboard("ж");
  expect(await screen.findByText("Nothing this desk has seen matches “ж”.")).toBeVisible();
  expect(screen.getByText(/Buildings are read by themselves/u)).toBeVisible();
  expect(screen.getByText(/another way/u)).toBeVisible();
  expect(field()).toHaveAttribute("aria-expanded", "false");
  await user.keyboard("{Tab}{Tab}{Enter}");
  expect(await screen.findByRole("region", { name: "Intercoms" })).toBeVisible();
  expect(screen.queryByText(/Nothing this desk/u)).toBeNull();
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

test("a key that nobody here has seen is asked of the server, and what it lists is found", async () => {
  const core = createFakeCore();
  core.next("search", { answer: { ...NOTHING, isKey: true } });
  const { user } = await opened(undefined, core);
  await user.keyboard("/");
  await user.keyboard("4");
  expect(await screen.findByText("Searched in what was last seen of 3 intercoms.")).toBeVisible();
  expect(requests(core, "load_keys")).toEqual([]);
  // The core remembers the intercoms once a screen has read them.
  await core.invoke("load_intercoms", { request: { server: "demo" } });
  await user.click(screen.getByRole("button", { name: "Ask the server" }));
  await option(/^Flat 4 .*Подъезд 1 /);
  expect(requests(core, "load_keys")).toContainEqual({ server: "demo", intercom: 1 });
  expect(field()).toHaveFocus();
});

test("what a server has no list of is said and not offered", async () => {
  const [server] = [makeServer("demo")];
  const missing = {
    ...server,
    capabilities: server.capabilities.map((one) => ({ ...one, state: "missing" as const })),
  };
  const withFlats = (flats: "answers" | "missing") => ({
    ...missing,
    capabilities: missing.capabilities.map((one) =>
      one.capability === "flats" ? { ...one, state: flats } : one,
    ),
  });
  for (const [servers, said] of [
    [[withFlats("answers")], /has no list of an intercom’s keys/u],
    [[withFlats("missing")], /lists neither flats nor keys/u],
    [[{ ...server, admin: null }], /an admin account has to be signed in/u],
  ] as const) {
    const core = createFakeCore({ servers: [...servers] });
    core.next("search", { answer: { ...NOTHING, isKey: true } });
    const { user } = await opened(undefined, core);
    await user.keyboard("/");
    await user.keyboard("4");
    expect(await screen.findByText(said)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Ask the server" })).toBeNull();
    cleanup();
  }
});
