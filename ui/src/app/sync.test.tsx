import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { SyncView } from "../core/bindings/SyncView";
import { commandError, createFakeCore } from "../dev/fakeCore";
import { makeSync } from "../dev/fakeServers";
import { openWindow, requests } from "../testing/window";

/** A window whose core answers with these one after the other, each told of by an event. */
async function reading(first: Partial<SyncView>, at = "/settings") {
  const core = createFakeCore();
  const server = core.state.active ?? "";
  const answer = (more: Partial<SyncView>) => ({ answer: { servers: [makeSync(server, more)] } });
  core.next("list_syncs", answer(first));
  const { user } = openWindow({ core, at });
  await waitFor(() => expect(requests(core, "list_syncs")).toHaveLength(1));
  const willSay = (more: Partial<SyncView>) => core.next("list_syncs", answer(more));
  const says = (more: Partial<SyncView>) => {
    willSay(more);
    act(() => core.tell({ kind: "changed", tags: ["syncs"] }));
  };
  return { core, user, server, says, willSay };
}

const KEYS: SyncView["missed"][number] = {
  ...{ list: "keys", intercom: 21, shortName: "1", title: "Подъезд 1" },
  error: commandError("server_trouble", { status: 500 }),
};
const PART: SyncView["missed"][number] = {
  ...{ list: "client_intercoms", intercom: null, shortName: null, title: null, error: null },
};

const strip = () => screen.findByRole("group", { name: "Reading the building" });

test("how far a reading is stands in the frame, and what is not known yet is not guessed", async () => {
  const { says } = await reading({ state: "running", done: 12, total: null });
  expect(await strip()).toHaveTextContent("Reading the building: 12 flats so far");
  expect(screen.getByRole("progressbar")).not.toHaveAttribute("value");
  says({ state: "running", done: 0, total: null });
  await waitFor(async () => expect((await strip()).textContent).toMatch(/^Reading the building(?!:)/u));
  says({ state: "running", done: 120, total: 900, perSecond: 14.2, secondsLeft: 55 });
  await waitFor(async () =>
    expect(await strip()).toHaveTextContent("Reading the building: 120 of 900 flats · 14/s · 55 s left"),
  );
  expect(screen.getByRole("progressbar")).toHaveAttribute("value", "120");
  says({ state: "running", done: 1_200, total: 9_000, perSecond: 14.2, secondsLeft: 549, failed: 2 });
  await waitFor(async () => expect(await strip()).toHaveTextContent("14/s · 9 min left · 2 flats not read"));
  says({ state: "running", done: 1_300, total: 9_000, failed: 1, missedCount: 1, missed: [KEYS] });
  await waitFor(async () => expect(await strip()).toHaveTextContent("1 list not read · 1 flat not read"));
  says({ state: "idle" });
  await waitFor(() => expect(screen.queryByRole("group", { name: "Reading the building" })).toBeNull());
});

test.each(["paused", "waiting"] as const)(
  "a reading that is %s before its size is known shows no bar",
  async (state) => {
    const { says } = await reading({ state, done: 12, total: null });
    expect(await strip()).toHaveTextContent("12 flats so far");
    expect(screen.queryByRole("progressbar")).toBeNull();
    says({ state, done: 12, total: 900 });
    await waitFor(() => expect(screen.getByRole("progressbar")).toHaveAttribute("value", "12"));
  },
);

test("a reading is paused, goes on and is stopped by the person", async () => {
  const left = { done: 1, total: 9 };
  const { core, user, server, says, willSay } = await reading({ state: "running", ...left });
  const press = async (name: string, then: SyncView["state"]) => {
    const button = await screen.findByRole("button", { name });
    willSay({ state: then, ...left });
    await user.click(button);
  };
  await press("Pause reading the building", "paused");
  expect(requests(core, "pause_sync")).toEqual([{ server }]);
  await screen.findByRole("button", { name: "Go on reading the building" });
  expect(await strip()).toHaveTextContent("Reading is paused: 1 of 9 flats");
  await press("Go on reading the building", "running");
  expect(requests(core, "resume_sync")).toEqual([{ server }]);
  says({ state: "waiting", ...left });
  await waitFor(async () => expect(await strip()).toHaveTextContent("Waiting for the server: 1 of 9 flats"));
  await press("Stop reading the building", "idle");
  expect(requests(core, "cancel_sync")).toEqual([{ server }]);
  await waitFor(() => expect(screen.queryByRole("group", { name: "Reading the building" })).toBeNull());
});

test("the settings say how old everything is, what could not be read and why, and read it anew", async () => {
  const { core, user, server } = await reading({ failed: 3, error: commandError("signed_out") });
  const card = within(await screen.findByRole("article"));
  expect(await card.findByText(/everything as of/)).toHaveTextContent(/^everything as of 1[12] min ago$/);
  expect(card.getByText(/3 flats could not be read/)).toBeVisible();
  expect(card.getByRole("alert")).toBeVisible();
  await user.click(card.getByRole("button", { name: /^Refresh everything/ }));
  expect(requests(core, "start_sync")).toEqual([{ server, everything: true }]);
});

test("what a reading could not read stays named in the frame until it was, and is tried again from there", async () => {
  const { core, user, server, says } = await reading({ missedCount: 2, missed: [KEYS, PART] });
  expect(await strip()).toHaveTextContent("Not read: keys (1 · Подъезд 1) and 1 more");
  await user.click(within(await strip()).getByRole("button", { name: /^Try again/ }));
  expect(requests(core, "start_sync")).toEqual([{ server, everything: false }]);
  says({ state: "idle" });
  await waitFor(() => expect(screen.queryByRole("group", { name: "Reading the building" })).toBeNull());
});

test("the settings name every list that could not be read, why, and since when all is known", async () => {
  const { core, user, server } = await reading({ missedCount: 23, missed: [KEYS, PART] });
  const card = within(await screen.findByRole("article"));
  expect(await card.findByText(/everything as of/)).toHaveTextContent(/1[12] min ago$/);
  expect(card.getByText(/23 lists could not be read/)).toBeVisible();
  const lists = card.getAllByRole("listitem").map((item) => item.textContent);
  expect(lists).toEqual([
    "keys (1 · Подъезд 1): the server has trouble of its own (status 500).",
    "intercoms of the client account: not all of it came",
    "and 21 more",
  ]);
  await user.click(card.getByRole("button", { name: /^Try again/ }));
  expect(requests(core, "start_sync")).toEqual([{ server, everything: false }]);
});

test("rows that were filled are looked up anew, those of other intercoms are not, and no server is asked", async () => {
  const { core, server } = await reading({ state: "running" }, "/buildings");
  await screen.findByRole("grid");
  const shown = requests(core, "list_flats").at(-1) as { intercom: number };
  const count = (name: string) => requests(core, name).length;
  const before = { list: count("list_flats"), load: count("load_flats") };
  const filled = (intercom: number) =>
    act(() => core.tell({ kind: "filled", server, intercom, tags: ["flat_rows", "keys"] }));
  filled(shown.intercom + 1_000);
  filled(shown.intercom);
  await waitFor(() => expect(count("list_flats")).toBe(before.list + 1));
  expect(count("load_flats")).toBe(before.load);
});
