import { act, cleanup, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import { field, flat, found, NOTHING, opened, option } from "../../testing/search";
import { requests } from "../../testing/window";

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

test("a server that is away cannot be asked, which is said where the button is, until it is back", async () => {
  const core = createFakeCore();
  // The search is asked anew when the server is lost, and when it is back.
  const nothing = { answer: { ...NOTHING, isKey: true } };
  core.next("search", nothing, nothing, nothing);
  const { user } = await opened(undefined, core);
  await core.invoke("load_intercoms", { request: { server: "demo" } });
  await user.keyboard("/");
  await user.keyboard("4");
  const button = await screen.findByRole("button", { name: "Ask the server" });
  button.focus();
  const lose = (lostAt: string | null) => {
    core.state.servers = core.state.servers.map((each) => ({ ...each, lostAt }));
    act(() => core.tell({ kind: "changed", tags: ["app"] }));
  };
  lose("2026-11-30T08:00:00Z");
  const why = "The server cannot be reached at the moment, so it cannot be asked.";
  expect(await screen.findByText(why)).toBeVisible();
  expect(button).toHaveFocus();
  expect(button).toHaveAccessibleDescription(why);
  await user.click(button);
  expect(requests(core, "load_keys")).toEqual([]);
  lose(null);
  await waitFor(() => expect(screen.queryByText(why)).toBeNull());
  await user.click(button);
  await option(/^Flat 4 .*Подъезд 1 /);
});

test("a server that is lost while it is asked is not asked for the rest", async () => {
  const core = createFakeCore();
  const nothing = { answer: { ...NOTHING, isKey: true } };
  core.next("search", nothing, nothing, nothing);
  let answered = () => {};
  const wait = new Promise<void>((resolve) => {
    answered = resolve;
  });
  core.next("load_keys", { wait });
  const { user } = await opened(undefined, core);
  await core.invoke("load_intercoms", { request: { server: "demo" } });
  await user.keyboard("/");
  await user.keyboard("4");
  await user.click(await screen.findByRole("button", { name: "Ask the server" }));
  expect(await screen.findByText(/^Asking/u)).toBeVisible();
  core.state.servers = core.state.servers.map((each) => ({ ...each, lostAt: "2026-11-30T08:00:00Z" }));
  act(() => core.tell({ kind: "changed", tags: ["app"] }));
  expect(await screen.findByRole("button", { name: "Look now" })).toBeVisible();
  answered();
  expect(await screen.findByText(/cannot be asked\.$/u)).toBeVisible();
  expect(requests(core, "load_keys")).toHaveLength(1);
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
