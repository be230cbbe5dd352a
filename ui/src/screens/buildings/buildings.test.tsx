import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { makeServer } from "../../dev/fakeServers";
import { openWindow, requests } from "../../testing/window";

test("a flat is found and opened without the mouse", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  await user.keyboard("{Control>}f{/Control}");
  expect(screen.getByRole("searchbox", { name: "Find a flat" })).toHaveFocus();
  await user.keyboard("45");
  await waitFor(() => expect(screen.queryByRole("row", { name: "Flat 1" })).toBeNull());
  await user.keyboard("{ArrowDown}{Enter}");
  expect(await screen.findByRole("heading", { name: "Flat 45" })).toBeVisible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("heading", { name: "Flat 45" })).toBeNull());
});

test("a number and Enter open that flat at once, whatever the list still shows, with its first action ready", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  await user.keyboard("{Control>}f{/Control}12{Enter}");
  expect(await screen.findByRole("heading", { name: "Flat 12" })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("button", { name: "Issue code" })).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("form", { name: "Issue a code" })).toBeVisible();
});

test("what was typed for one flat is still there after a look at another", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  await user.keyboard("{Control>}f{/Control}12{Enter}");
  await user.click(await screen.findByRole("button", { name: "Issue code" }));
  await user.type(screen.getByRole("textbox", { name: "Title" }), "Grandmother");
  const filter = screen.getByRole("searchbox", { name: "Find a flat" });
  for (const number of ["13", "12"]) {
    await user.clear(filter);
    await user.type(filter, `${number}{Enter}`);
    await screen.findByRole("heading", { name: `Flat ${number}` });
  }
  const resume = await screen.findByRole("button", { name: "Issue code – a draft is kept" });
  await waitFor(() => expect(resume).toHaveFocus());
  expect(screen.queryByRole("form", { name: "Issue a code" })).toBeNull();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("textbox", { name: "Title" })).toHaveValue("Grandmother");
});

test("whoever leaves and comes back is at the same intercom, flat and filter", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  const list = within(screen.getByRole("region", { name: "Intercoms" }));
  const second = list
    .getAllByRole("button")
    .find((each) => each.hasAttribute("aria-current") === false && each.querySelector("b") !== null);
  if (second === undefined) throw new Error("one intercom is not enough");
  const title = second.querySelector("b")?.textContent ?? "";
  await user.click(second);
  await screen.findByRole("heading", { name: title, level: 1 });
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByRole("grid", { name: "Codes" });
  await user.keyboard("{Control>}1{/Control}");
  expect(await screen.findByRole("heading", { name: title, level: 1 })).toBeVisible();
});

test("what was looked for at the intercom that was shown first is there again, and not at another one", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  const filter = () => screen.getByRole("searchbox", { name: "Find a flat" });
  await user.type(filter(), "45");
  await waitFor(() => expect(screen.queryByRole("row", { name: "Flat 1" })).toBeNull());
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByRole("grid", { name: "Codes" });
  await user.keyboard("{Control>}1{/Control}");
  await screen.findByRole("row", { name: "Flat 45" });
  expect(filter()).toHaveValue("45");
  const list = within(screen.getByRole("region", { name: "Intercoms" }));
  const other = list
    .getAllByRole("button")
    .find((each) => each.querySelector("b") !== null && !each.hasAttribute("aria-current"));
  if (other === undefined) throw new Error("one intercom is not enough");
  await user.click(other);
  await screen.findByRole("row", { name: "Flat 1" });
  expect(filter()).toHaveValue("");
});

test("an intercom that somebody chose stays on screen also where the list has it no more", async () => {
  const core = createFakeCore();
  const second = core.building.intercoms[1];
  const { user } = openWindow({ core });
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${second?.title}`) }));
  await screen.findByRole("heading", { name: second?.title ?? "", level: 1 });
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByRole("grid", { name: "Codes" });
  await user.keyboard("{Control>}1{/Control}");
  await screen.findByRole("heading", { name: second?.title ?? "", level: 1 });
  core.building.intercoms = core.building.intercoms.filter((each) => each !== second);
  await user.click(screen.getByRole("button", { name: "Refresh the intercoms" }));
  expect(await screen.findByRole("heading", { name: `Intercom ${second?.id}`, level: 1 })).toBeVisible();
});

test("an open flat and what was looked for are still there after a look at the codes", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  await user.keyboard("{Control>}f{/Control}12{Enter}");
  await screen.findByRole("heading", { name: "Flat 12" });
  await user.click(screen.getByRole("link", { name: "Codes" }));
  await screen.findByRole("grid", { name: "Codes" });
  await user.click(screen.getByRole("link", { name: "Buildings" }));
  expect(await screen.findByRole("heading", { name: "Flat 12" })).toBeVisible();
  expect(screen.getByRole("searchbox", { name: "Find a flat" })).toHaveValue("12");
});

test("flats are asked for in windows and never as a whole list", async () => {
  const { core } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  for (const request of requests(core, "list_flats")) expect(request).toMatchObject({ limit: 200 });
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
});

test("a header sorts, and says in which direction", async () => {
  const { core, user } = openWindow();
  await user.click(await screen.findByRole("button", { name: "Keys" }));
  expect(await screen.findByRole("columnheader", { name: "Keys" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await waitFor(() =>
    expect(requests(core, "list_flats").at(-1)).toMatchObject({ sort: "keys", descending: true }),
  );
});

test("where flats are not listed, one is opened by its record id", async () => {
  const core = createFakeCore();
  core.next("load_flats", { answer: { listing: "not_offered", total: 0, confirmedAt: null, problems: [] } });
  const { user } = openWindow({ core });
  await user.type(await screen.findByRole("textbox", { name: "Flat record id" }), "514{Enter}");
  expect(await screen.findByRole("heading", { name: "Flat 15" })).toBeVisible();
});

test("without an admin account the reason stands where the button would be", async () => {
  const core = createFakeCore({ servers: [{ ...makeServer("demo"), admin: null }] });
  const { user } = openWindow({ core, at: "/buildings?intercom=1&flat=507" });
  expect(await screen.findByText(/A code for a flat is issued by the admin account/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Issue code" })).toBeNull();
  await user.click(screen.getAllByRole("button", { name: "Sign in to the admin account" })[0] as HTMLElement);
  expect(await screen.findByRole("alertdialog", { name: "Sign in to the admin account" })).toBeVisible();
});

test("a changed certificate blocks until a person has decided about it", async () => {
  const core = createFakeCore();
  core.next("load_intercoms", {
    fail: commandError("certificate_untrusted", {
      host: "h",
      port: 443,
      fingerprint: "AA:BB",
      pinned: "CC:DD",
      why: "other",
    }),
  });
  const { user } = openWindow({ core });
  await user.click(await screen.findByRole("button", { name: "Review the certificate" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByRole("alert")).toHaveTextContent("The certificate has CHANGED");
  await user.click(dialog.getByRole("button", { name: "Trust the new certificate" }));
  await waitFor(() =>
    expect(requests(core, "trust_certificate")).toEqual([{ server: "demo", fingerprint: "AA:BB" }]),
  );
  expect(await screen.findByRole("button", { name: /Подъезд 1/ })).toBeVisible();
});

test("several reads that end at once ask for one sign-in, and leaving it is respected", async () => {
  const core = createFakeCore();
  const ended = { fail: commandError("signed_out", { server: "demo", account: "admin" }) };
  core.next("load_flats", ended, ended);
  core.next("load_flat", ended, ended);
  const { user } = openWindow({ core, at: "/buildings?intercom=1&flat=507" });
  await screen.findByRole("alertdialog");
  expect(screen.getAllByRole("alertdialog")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Not now" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await user.keyboard("r");
  await waitFor(() => expect(requests(core, "load_flats").length).toBeGreaterThan(1));
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("an intercom is added by its id", async () => {
  const { core, user } = openWindow();
  await user.click(await screen.findByRole("button", { name: "Add intercom" }));
  const field = await screen.findByRole("textbox", { name: "Intercom id" });
  expect(field).toHaveFocus();
  await user.type(field, "zero{Enter}");
  expect(screen.getByText("An id is a whole number greater than zero.")).toBeVisible();
  await user.clear(field);
  await user.type(field, "77{Enter}");
  expect(await screen.findByRole("heading", { name: "Intercom 77" })).toBeVisible();
  expect(requests(core, "add_intercom")).toEqual([{ server: "demo", by: { kind: "id", id: 77 } }]);
});

test("a certificate that changed under one source of the list is reviewed from there", async () => {
  const core = createFakeCore();
  const error = commandError("certificate_untrusted", {
    host: "h",
    port: 443,
    fingerprint: "AA:BB",
    pinned: "CC:DD",
  });
  const failed = (source: string) => ({ source, state: "failed", error });
  core.next("load_intercoms", {
    answer: {
      intercoms: [],
      first: null,
      sources: [failed("client_list"), failed("admin_list")],
      problems: [],
    },
  });
  openWindow({ core });
  expect(await screen.findAllByRole("button", { name: "Review the certificate" })).toHaveLength(1);
});

test("another intercom chosen beside an open code form leaves one list and no form", async () => {
  const { user } = openWindow();
  await screen.findByRole("row", { name: "Flat 1" });
  await user.click(screen.getByRole("button", { name: "Code for this intercom" }));
  await screen.findByRole("form", { name: "Issue a code" });
  const others = within(screen.getByRole("region", { name: "Intercoms" })).getAllByRole("listitem");
  await user.click(within(others[1] as HTMLElement).getByRole("button"));
  await waitFor(() => expect(screen.queryByRole("form", { name: "Issue a code" })).toBeNull());
  expect(await screen.findAllByRole("region", { name: "Flats" })).toHaveLength(1);
});

test("the intercom chosen last is shown after a start, as long as it is there", async () => {
  const core = createFakeCore();
  const [first, second] = core.building.intercoms;
  const { user } = openWindow({ core });
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${second?.title}`) }));
  await waitFor(() => expect(requests(core, "remember_intercom")).toHaveLength(1));
  cleanup();
  openWindow({ core });
  expect(await screen.findByRole("heading", { name: second?.title ?? "" })).toBeVisible();
  cleanup();
  core.building.intercoms = core.building.intercoms.filter((each) => each !== second);
  openWindow({ core });
  expect(await screen.findByRole("heading", { name: first?.title ?? "" })).toBeVisible();
  expect(requests(core, "remember_intercom")).toEqual([{ server: "demo", intercom: second?.id }]);
});

test("an intercom is given a short name, and who has one that was wanted is told beside the field", async () => {
  const { core, user } = openWindow({ at: "/buildings?intercom=1" });
  const [, second] = core.building.intercoms;
  await user.click(await screen.findByRole("button", { name: "Short name 1" }));
  const name = await screen.findByRole("textbox", { name: "Short name" });
  await user.type(name, "2{Enter}");
  expect(
    await screen.findByText(new RegExp(`“.?${second?.title}.?” already goes by that`, "u")),
  ).toBeVisible();
  await user.clear(name);
  expect(screen.queryByText(/already goes by that/u)).toBeNull();
  await user.type(name, "A{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Short name A" })).toHaveFocus());
  expect(screen.queryByRole("dialog")).toBeNull();
  const saved = (shortName: string) => ({ server: "demo", intercom: 1, shortName });
  expect(requests(core, "set_short_name")).toEqual([saved("2"), saved("A")]);
});

test("a short name is saved by its button, and by nothing that leaves the dialog", async () => {
  const { core, user } = openWindow({ at: "/buildings?intercom=1" });
  const field = async () => {
    await user.click(await screen.findByRole("button", { name: /^Short name/u }));
    return screen.findByRole("textbox", { name: "Short name" });
  };
  await user.type(await field(), "B");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.type(await field(), "C{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(requests(core, "set_short_name")).toEqual([]);
  await user.type(await field(), "D");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Short name D" })).toHaveFocus());
  expect(requests(core, "set_short_name")).toHaveLength(1);
});
