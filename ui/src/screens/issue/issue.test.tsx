import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { later, openWindow, requests } from "../../testing/window";

const AT = "/buildings?intercom=1&flat=507";

async function openForm(core = createFakeCore()) {
  const opened = openWindow({ core, at: AT });
  await opened.user.click(await screen.findByRole("button", { name: "Issue code" }));
  const title = await screen.findByRole("textbox", { name: "Title" });
  return { ...opened, title };
}

test("a code is issued from the keyboard and shown in large grouped digits", async () => {
  const { core, user, title } = await openForm();
  expect(title).toHaveFocus();
  await user.type(title, "Courier{Enter}");
  const result = within(await screen.findByRole("region", { name: "Issued code" }));
  expect(result.getByText("93 552")).toBeVisible();
  expect(result.getByText("Copied to the clipboard")).toBeVisible();
  await waitFor(() => expect(result.getByRole("button", { name: "Copy" })).toHaveFocus());
  expect(requests(core, "issue_code")).toEqual([
    {
      server: "demo",
      intercom: 1,
      flat: { id: 507, number: "8" },
      title: "Courier",
      until: { kind: "minutes", minutes: 120 },
    },
  ]);
});

test("while the server is away the form says why it waits, sends nothing and keeps what was typed", async () => {
  const core = createFakeCore();
  const { user, title } = await openForm(core);
  const [server] = core.state.servers;
  if (server === undefined) throw new Error("no server");
  server.lostAt = new Date().toISOString();
  core.tell({ kind: "changed", tags: ["app"] });
  expect(await screen.findByText(/so nothing can be changed/)).toBeVisible();
  await user.type(title, "Courier{Enter}");
  const submit = screen.getByRole("button", { name: "Issue code" });
  expect(submit).toHaveAttribute("aria-disabled", "true");
  await user.click(submit);
  expect(requests(core, "issue_code")).toEqual([]);
  server.lostAt = null;
  core.tell({ kind: "changed", tags: ["app"] });
  await waitFor(() => expect(submit).not.toHaveAttribute("aria-disabled"));
  expect(title).toHaveValue("Courier");
  await user.click(submit);
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")).toHaveLength(1);
});

test("an end typed by hand is sent as this computer’s wall clock", async () => {
  const { core, user } = await openForm();
  await user.click(screen.getByRole("radio", { name: "other" }));
  await user.type(screen.getByRole("textbox", { name: "Time" }), "9:05");
  await user.click(screen.getByRole("button", { name: "Issue code" }));
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")[0]).toMatchObject({
    title: "Visitor",
    until: { kind: "local", dateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT09:05$/) },
  });
});

test("a time that is none is refused beside its field before anything is sent", async () => {
  const { core, user } = await openForm();
  await user.click(screen.getByRole("radio", { name: "other" }));
  await user.type(screen.getByRole("textbox", { name: "Time" }), "25:99");
  await user.click(screen.getByRole("button", { name: "Issue code" }));
  expect(await screen.findByText("Write a time such as 18:00.")).toBeVisible();
  expect(requests(core, "issue_code")).toEqual([]);
});

test("an answer that differs from what was asked is said plainly", async () => {
  const core = createFakeCore();
  const asked = new Date();
  asked.setHours(12, 0, 0, 0);
  const got = new Date(asked.getTime() + 3 * 3_600_000);
  core.next("issue_code", {
    answer: {
      row: { ...core.codes[1], title: "Courier", until: got.toISOString() },
      difference: {
        asked: asked.toISOString(),
        got: got.toISOString(),
        wrongFlat: "12",
        wrongTitle: "Somebody",
        wrongIntercom: 9,
        zoneMinutes: 180,
        clockMinutes: -50,
      },
      copied: false,
    },
  });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  const result = within(await screen.findByRole("region", { name: "Issued code" }));
  expect(result.getByText("The server filed this code under flat 12.")).toBeVisible();
  expect(result.getByText("The server calls this code “Somebody”.")).toBeVisible();
  expect(result.getByText("The server filed this code under intercom 9.")).toBeVisible();
  expect(result.getByText("Asked until 12:00 today; the server says until 15:00 today.")).toBeVisible();
  expect(result.getByText("The server seems to keep another time zone: UTC+3.")).toBeVisible();
  expect(
    result.getByText("The server’s clock is 50 min behind this computer’s, and the door goes by it."),
  ).toBeVisible();
  await user.click(result.getByRole("button", { name: "Use UTC+3 for this server" }));
  expect(await result.findByText("From now on UTC+3 is used for this server.")).toBeVisible();
  expect(requests(core, "set_server")).toMatchObject([{ server: "demo", zoneMinutes: 180 }]);
  expect(result.getByText("Not copied: press Copy")).toBeVisible();
});

test("a lost answer is shown as may have been done, is not repeated, and leads to the codes", async () => {
  const core = createFakeCore();
  core.next("issue_code", { fail: commandError("write_unknown", { host: "intercom.example.org" }) });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByText("This may have been done: the server gave no usable answer.")).toBeVisible();
  expect(screen.getByRole("button", { name: "See it in Codes" })).toHaveFocus();
  expect(screen.queryByRole("button", { name: "Issue code" })).toBeNull();
  await user.keyboard("{Enter}");
  expect(requests(core, "issue_code")).toHaveLength(1);
  expect(await screen.findByRole("tab", { name: "Needs your eyes 1" })).toBeVisible();
});

test("every text of a refused form is shown, beside its field where there is one", async () => {
  const core = createFakeCore();
  core.next("issue_code", {
    fail: commandError("invalid", {
      message: "",
      fields: {
        title: ["Too long", "Not nice"],
        expired_at: ["Must be in the future"],
        quota: ["Five codes at most"],
      },
    }),
  });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByText("Five codes at most")).toBeVisible();
  expect(title).toHaveAccessibleDescription("Too long Not nice");
  expect(screen.getByText("Must be in the future")).toBeVisible();
  expect(title).toHaveValue("Courier");
});

test("an ended sign-in asks once, keeps the work and offers it again without sending it", async () => {
  const core = createFakeCore();
  core.next("issue_code", { fail: commandError("signed_out", { server: "demo", account: "admin" }) });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  const prompt = within(
    await screen.findByRole("alertdialog", { name: "Sign in again to the admin account" }),
  );
  expect(screen.getAllByRole("alertdialog")).toHaveLength(1);
  expect(prompt.getByRole("textbox", { name: "Login" })).toHaveValue("manager");
  await user.type(prompt.getByLabelText("Password"), "s3cret{Enter}");
  const again = await screen.findByRole("button", { name: "Issue the code" });
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(screen.getByRole("textbox", { name: "Title" })).toHaveValue("Courier");
  expect(requests(core, "issue_code")).toHaveLength(1);
  await user.click(again);
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")).toHaveLength(2);
});

test("the form starts from the person’s usual length and title", async () => {
  const core = createFakeCore();
  core.state.preferences = { ...core.state.preferences, codeMinutes: 90, codeTitle: "Guest" };
  const { user, title } = await openForm(core);
  expect(screen.getByRole("radio", { name: "1 h 30 min" })).toBeChecked();
  expect(title).toHaveAttribute("placeholder", "Guest");
  await user.keyboard("{Enter}");
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")).toMatchObject([
    { title: "Guest", until: { kind: "minutes", minutes: 90 } },
  ]);
});

test("an end may lie years ahead, on a leap day too, and a day that is none is refused", async () => {
  const { core, user } = await openForm();
  await user.click(screen.getByRole("radio", { name: "other" }));
  const day = screen.getByRole("textbox", { name: "Day" });
  await user.clear(day);
  await user.type(day, "30/2/2032");
  await user.type(screen.getByRole("textbox", { name: "Time" }), "9:05{Enter}");
  expect(await screen.findByText(/There is no such day/)).toBeVisible();
  await user.clear(day);
  await user.type(day, "29/2/2032");
  await user.click(screen.getByRole("button", { name: "Issue code" }));
  await screen.findByRole("region", { name: "Issued code" });
  expect(requests(core, "issue_code")).toMatchObject([{ until: { dateTime: "2032-02-29T09:05" } }]);
});

test("a long title is counted in characters, kept whole and refused before it is sent", async () => {
  const { core, user, title } = await openForm();
  fireEvent.change(title, { target: { value: "👩".repeat(256) } });
  expect(screen.getByText("256 of 255 characters")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Issue code" }));
  expect(await screen.findByText(/The title is too long/)).toBeVisible();
  expect(title).toHaveValue("👩".repeat(256));
  expect(requests(core, "issue_code")).toEqual([]);
});

const endRefused = () =>
  commandError("invalid", { message: "", fields: { expired_at: ["Must be in the future"] } });
/** Of this computer, in minutes east of UTC. */
const ownZone = () => -new Date().getTimezoneOffset();

test("an end the server refuses although it lies ahead leads to its time zone", async () => {
  const core = createFakeCore();
  core.next("issue_code", { fail: endRefused() });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByText(/It is taken to keep UTC/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Set the server’s time zone" }));
  const zone = screen.getByRole("combobox", { name: "Server’s time zone" });
  expect(zone).toHaveFocus();
  await user.selectOptions(zone, "UTC−5");
  expect(await screen.findByText("From now on UTC−5 is used for this server.")).toBeVisible();
  expect(requests(core, "set_server")).toMatchObject([{ server: "demo", zoneMinutes: -300 }]);
  expect(title).toHaveValue("Courier");
  expect(requests(core, "issue_code")).toHaveLength(1);
});

test("where this computer’s zone explains the refusal, one press takes it and sends the form again", async () => {
  const core = createFakeCore();
  for (const server of core.state.servers) server.zoneMinutes = ownZone() - 180;
  core.next("issue_code", { fail: endRefused() });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  await user.click(await screen.findByRole("button", { name: /^Take UTC.*\(this computer’s zone\)/ }));
  expect(await screen.findByRole("region", { name: "Issued code" })).toBeVisible();
  expect(requests(core, "set_server")).toMatchObject([{ server: "demo", zoneMinutes: ownZone() }]);
  const [first, second, ...more] = requests(core, "issue_code");
  expect(second).toEqual(first);
  expect(more).toEqual([]);
});

test("a zone that could not be saved sends nothing, and the reason is told", async () => {
  const core = createFakeCore();
  for (const server of core.state.servers) server.zoneMinutes = ownZone() - 180;
  core.next("issue_code", { fail: endRefused() });
  core.next("set_server", { fail: commandError("preferences_failed") });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  await user.click(await screen.findByRole("button", { name: /^Take UTC/ }));
  expect(await screen.findByText("The settings could not be saved.")).toBeVisible();
  expect(requests(core, "issue_code")).toHaveLength(1);
});

test("a zone that does not explain the refusal is not offered", async () => {
  const core = createFakeCore();
  for (const server of core.state.servers) server.zoneMinutes = ownZone() - 60;
  core.next("issue_code", { fail: endRefused() });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByRole("button", { name: "Set the server’s time zone" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Take UTC/ })).toBeNull();
});

test("where the server’s clock is off, no zone is offered to hide it", async () => {
  const core = createFakeCore();
  for (const server of core.state.servers) {
    server.zoneMinutes = ownZone() - 180;
    server.clockMinutes = 180;
  }
  core.next("issue_code", { fail: endRefused() });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByRole("button", { name: "Set the server’s time zone" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Take UTC/ })).toBeNull();
});

test("a code on its way survives its form, is asked for once, and is told on Codes and where the form was", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("issue_code", { wait: answer.promise });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  expect(await screen.findByText(/This code is on its way/)).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Codes" }));
  const strip = within(await screen.findByRole("region", { name: "Codes asked for" }));
  expect(strip.getByText("on its way")).toBeVisible();
  await user.click(strip.getByRole("button", { name: "Open the form: Courier" }));
  expect(await screen.findByText(/This code is on its way/)).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "Title" }), "{Enter}");
  expect(requests(core, "issue_code")).toHaveLength(1);
  await user.click(screen.getByRole("link", { name: "Codes" }));
  answer.resolve();
  const after = within(await screen.findByRole("region", { name: "Codes asked for" }));
  expect(await after.findByText("issued")).toBeVisible();
  await user.click(after.getByRole("button", { name: "Open the form: Courier" }));
  expect(await screen.findByRole("region", { name: "Issued code" })).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Codes" }));
  await screen.findByRole("grid", { name: "Codes" });
  await waitFor(() => expect(screen.queryByRole("region", { name: "Codes asked for" })).toBeNull());
});

test("a refusal that came after the form closed is there with everything that was typed", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("issue_code", {
    wait: answer.promise.then(() => {
      throw commandError("forbidden", { message: "" });
    }),
  });
  const { user, title } = await openForm(core);
  await user.type(title, "Courier{Enter}");
  await user.click(screen.getByRole("link", { name: "Codes" }));
  answer.resolve();
  const strip = within(await screen.findByRole("region", { name: "Codes asked for" }));
  expect(await strip.findByText("not issued")).toBeVisible();
  await user.click(strip.getByRole("button", { name: "Open the form: Courier" }));
  expect(await screen.findByRole("textbox", { name: "Title" })).toHaveValue("Courier");
  expect(screen.getByRole("alert")).toBeVisible();
});
