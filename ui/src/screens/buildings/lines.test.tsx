import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { later, openWindow, requests } from "../../testing/window";

/** Flat 8: analog on, smartphone off, landline on. Flat 5: landline unknown. */
const FLAT_8 = "/buildings?intercom=1&flat=507";
const FLAT_5 = "/buildings?intercom=1&flat=504";

test("switching a line shows that it is asked, then what the server answered", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("switch_line", { wait: answer.promise });
  const { user } = openWindow({ core, at: FLAT_8 });
  const line = await screen.findByRole("switch", { name: "Analog handset" });
  expect(line).toBeChecked();
  await user.click(line);
  expect(screen.getByText("Asking the server to turn it off…")).toBeVisible();
  expect(line).toBeChecked();
  await user.click(line);
  answer.resolve();
  expect(await screen.findByText("The server answered: off.")).toBeVisible();
  await waitFor(() => expect(screen.getByRole("switch", { name: "Analog handset" })).not.toBeChecked());
  expect(requests(core, "switch_line")).toEqual([
    { server: "demo", intercom: 1, flat: { id: 507, number: "8" }, line: "analog", on: false },
  ]);
});

test("an answer that is not what was asked is said and not shown as done", async () => {
  const core = createFakeCore();
  const state = (name: "on" | "off") => ({ state: name, confirmedAt: new Date().toISOString() });
  core.next("switch_line", {
    answer: {
      line: "analog",
      asked: false,
      answered: "on",
      asAsked: false,
      wrongFlat: null,
      lines: { analog: state("on"), smartphone: state("off"), landline: state("on") },
    },
  });
  const { user } = openWindow({ core, at: FLAT_8 });
  await user.click(await screen.findByRole("switch", { name: "Analog handset" }));
  expect(await screen.findByText("Asked for: off. The server answered: on.")).toBeVisible();
  expect(screen.getByRole("switch", { name: "Analog handset" })).toBeChecked();
});

test("an unknown line is neither on nor off and can be turned either way", async () => {
  const { core, user } = openWindow({ at: FLAT_5 });
  const line = within(await screen.findByRole("group", { name: "Landline" }));
  expect(line.queryByRole("switch")).toBeNull();
  expect(line.getByText("unknown")).toBeVisible();
  await user.click(line.getByRole("button", { name: "Turn on: Landline" }));
  expect(await line.findByText("The server answered: on.")).toBeVisible();
  expect(requests(core, "switch_line")[0]).toMatchObject({ line: "landline", on: true });
});

test("a lost answer to a switch says that it may have been done", async () => {
  const core = createFakeCore();
  core.next("switch_line", { fail: commandError("write_unknown", { host: "intercom.example.org" }) });
  const { user } = openWindow({ core, at: FLAT_8 });
  await user.click(await screen.findByRole("switch", { name: "Smartphone" }));
  expect(await screen.findByText("This may have been done: the server gave no usable answer.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Look again" })).toBeVisible();
  expect(requests(core, "switch_line")).toHaveLength(1);
});

test.each(["licence_ended", "internal", "client_too_old"])(
  "where asking again is of no use (%s) it is not offered, and looking is",
  async (code) => {
    const core = createFakeCore();
    core.next("switch_line", { fail: commandError(code as "internal", { message: "" }) });
    const { user } = openWindow({ core, at: FLAT_8 });
    await user.click(await screen.findByRole("switch", { name: "Smartphone" }));
    const line = within(screen.getByRole("group", { name: "Smartphone" }));
    expect(await line.findByRole("button", { name: "Look again" })).toBeVisible();
    expect(line.queryByRole("button", { name: "Try again" })).toBeNull();
  },
);

test("a refused switch stays usable: the same is asked again from beside its note", async () => {
  const core = createFakeCore();
  core.next(
    "switch_line",
    { fail: commandError("forbidden", { message: "" }) },
    { fail: commandError("forbidden", { message: "" }) },
  );
  const { user } = openWindow({ core, at: FLAT_8 });
  await user.click(await screen.findByRole("switch", { name: "Smartphone" }));
  const line = within(screen.getByRole("group", { name: "Smartphone" }));
  await user.click(await line.findByRole("button", { name: "Try again" }));
  await user.click(screen.getByRole("button", { name: "Close" }));
  const changes = within(await screen.findByRole("region", { name: "Switched lines" }));
  await user.click(changes.getByRole("button", { name: /^Try again: .*flat 8/i }));
  expect(await changes.findByText("The server answered: on.")).toBeVisible();
  expect(requests(core, "switch_line")).toEqual(
    Array(3).fill({
      server: "demo",
      intercom: 1,
      flat: { id: 507, number: "8" },
      line: "smartphone",
      on: true,
    }),
  );
});
