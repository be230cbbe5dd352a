import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { later, openWindow, requests } from "../../testing/window";

async function openCodes(core = createFakeCore()) {
  const opened = openWindow({ core, at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  screen.getByRole("grid", { name: "Codes" }).focus();
  return opened;
}

const WHOLE = {
  listing: "complete",
  adminListing: "complete",
  confirmedAt: new Date().toISOString(),
  problems: [],
};
const result = (key: string, title: string, outcome: string, error: unknown = null) => ({
  ...{ key, title, outcome, error },
});

/** Opens the code, asks to delete it, and says yes. */
async function deleteRow(user: Awaited<ReturnType<typeof openCodes>>["user"], title: string) {
  await user.click(await screen.findByRole("row", { name: new RegExp(title) }));
  const pane = within(await screen.findByRole("region", { name: title }));
  await user.click(pane.getByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("alertdialog", { name: "Delete 1 code?" }));
  await user.click(dialog.getByRole("button", { name: "Delete 1 code" }));
}

const picked = () => screen.queryAllByRole("checkbox", { checked: true }).length;

test("codes are picked with the keyboard: one, a stretch, all, none", async () => {
  const { user } = await openCodes();
  await user.keyboard("[Space]");
  await waitFor(() => expect(picked()).toBe(1));
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  await waitFor(() => expect(picked()).toBe(3));
  await user.keyboard("{Control>}a{/Control}");
  await waitFor(() => expect(screen.getByText("7 selected")).toBeVisible());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(picked()).toBe(0));
});

test("deleting names what goes and what stays, and tells every result until it is closed", async () => {
  const core = createFakeCore();
  const error = { ...commandError("no_answer", { host: "h" }), retryable: true };
  core.next("delete_codes", {
    answer: {
      results: [
        { key: "code-1", title: "Anna", outcome: "deleted", error: null },
        {
          key: "code-2",
          title: "Plumber",
          outcome: "unknown",
          error: commandError("write_unknown", { host: "h" }),
        },
        { key: "code-3", title: "Visitor 1", outcome: "kept", error },
      ],
    },
  });
  const { user } = await openCodes(core);
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}{Delete}");
  await waitFor(() => expect(screen.getByRole("alertdialog", { name: "Delete 3 codes?" })).toBeVisible());
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText("Plumber")).toBeVisible();
  expect(dialog.getByText("Stay as they are: nobody here knows their record on the server.")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Delete 3 codes" }));
  const results = within(await screen.findByRole("region", { name: "Deletion" }));
  expect(await results.findByText("1 of 3 deleted")).toBeVisible();
  expect(requests(core, "delete_codes")).toEqual([{ server: "demo", keys: ["code-1", "code-2", "code-3"] }]);

  core.next("load_codes", { answer: WHOLE });
  await user.click(results.getByRole("button", { name: "Look again" }));
  expect(await results.findByText("After another look: still on the list.")).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Buildings" }));
  await screen.findByRole("grid", { name: "Flats" });
  await user.click(screen.getByRole("link", { name: "Codes" }));
  const after = within(await screen.findByRole("region", { name: "Deletion" }));
  await user.click(after.getByRole("button", { name: "Try 1 again" }));
  expect(await after.findByText("2 of 3 deleted")).toBeVisible();
  expect(requests(core, "delete_codes").at(-1)).toEqual({ server: "demo", keys: ["code-3"] });
  await user.click(after.getByRole("button", { name: "Close the results" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Deletion" })).toBeNull());
});

test("a code of another client account stays, and it is said who could delete it", async () => {
  const core = createFakeCore();
  for (const row of core.codes) Object.assign(row, { deletion: "other_account" });
  const { user } = await openCodes(core);
  await user.click(screen.getByRole("row", { name: /Plumber/ }));
  const pane = within(await screen.findByRole("region", { name: "Plumber" }));
  expect(pane.getByText(/not known to be this client account/)).toBeVisible();
  expect(pane.queryByRole("button", { name: "Delete" })).toBeNull();
});

test("the open code follows its row, and says so once it is gone", async () => {
  const { core, user } = await openCodes();
  await user.click(screen.getByRole("row", { name: /Plumber/ }));
  const pane = within(await screen.findByRole("region", { name: "Plumber" }));
  expect(pane.getByText(/A code cannot be extended/)).toBeVisible();
  const row = core.codes.find((each) => each.key === "code-2");
  if (row !== undefined) Object.assign(row, { askedFlat: "8", deletion: "not_offered" });
  await user.keyboard("r");
  expect(await pane.findByText("This desk asked for flat 8; the answer named flat 7.")).toBeVisible();
  expect(pane.getByText(/this server has no call that deletes such codes/)).toBeVisible();
  core.codes.splice(
    core.codes.findIndex((each) => each.key === "code-2"),
    1,
  );
  await user.keyboard("r");
  expect(await pane.findByText(/This code is not on the list any more/)).toBeVisible();
  expect(pane.queryByText("Left")).toBeNull();
});

test("a message for the visitor is copied with one key, in the visitor’s language", async () => {
  const core = createFakeCore();
  core.state.preferences = { ...core.state.preferences, visitorLanguage: "ru" };
  const { user } = await openCodes(core);
  await user.click(screen.getByRole("row", { name: /Plumber/ }));
  await screen.findByRole("button", { name: "Copy message for the visitor" });
  await waitFor(() => expect(requests(core, "list_intercoms").length).toBeGreaterThan(0));
  await user.keyboard("m");
  expect(await screen.findByText("The message is on the clipboard, in Russian.")).toBeVisible();
  expect(requests(core, "copy_text")).toMatchObject([
    {
      text: expect.stringMatching(
        /^Код от двери: 04417\nул\. Ленина, 12, Подъезд 1, квартира 7\nДействует до: /,
      ),
    },
  ]);
});

test("an issued code is found in the list from its result", async () => {
  const { user } = openWindow({ at: "/buildings?intercom=1&flat=507" });
  await user.click(await screen.findByRole("button", { name: "Issue code" }));
  await user.type(await screen.findByRole("textbox", { name: "Title" }), "Courier 7{Enter}");
  await user.click(await screen.findByRole("button", { name: "See it in Codes" }));
  expect(await screen.findByRole("region", { name: "Courier 7" })).toBeVisible();
  await waitFor(() =>
    expect(screen.getByRole("row", { name: "93552 Courier 7" })).toHaveAttribute("aria-current", "true"),
  );
});

test("only a whole list proves that a code is gone, and a code is known by its record, not its row", async () => {
  const core = createFakeCore();
  const lost = commandError("write_unknown", { host: "h" });
  core.next("delete_codes", { answer: { results: [result("code-2", "Plumber", "unknown", lost)] } });
  const { user } = await openCodes(core);
  await deleteRow(user, "Plumber");
  const results = within(await screen.findByRole("region", { name: "Deletion" }));
  core.next("load_codes", { answer: { ...WHOLE, listing: "partial", adminListing: "partial" } });
  await user.click(await results.findByRole("button", { name: "Look again" }));
  expect(await results.findByText("After another look: it could not be looked up here.")).toBeVisible();
  const row = core.codes.find((each) => each.key === "code-2");
  if (row !== undefined) row.key = "a1.2";
  core.next("load_codes", { answer: WHOLE });
  await user.click(results.getByRole("button", { name: "Look again" }));
  expect(await results.findByText("After another look: still on the list.")).toBeVisible();
  core.codes.splice(0, core.codes.length, ...core.codes.filter((each) => each.key !== "a1.2"));
  core.next("load_codes", { answer: WHOLE });
  await user.click(results.getByRole("button", { name: "Look again" }));
  expect(await results.findByText("After another look: no longer on the list.")).toBeVisible();
});

test("a deletion confirmed while another runs waits for it, and both are told", async () => {
  const core = createFakeCore();
  const first = later();
  core.next("delete_codes", { wait: first.promise });
  const { user } = await openCodes(core);
  await deleteRow(user, "Plumber");
  await deleteRow(user, "Anna");
  expect(requests(core, "delete_codes")).toEqual([{ server: "demo", keys: ["code-2"] }]);
  first.resolve();
  const results = within(await screen.findByRole("region", { name: "Deletion" }));
  expect(await results.findByText("2 of 2 deleted")).toBeVisible();
  expect(requests(core, "delete_codes").at(-1)).toEqual({ server: "demo", keys: ["code-1"] });
});

test("a deletion a missing or renewed sign-in stopped is offered again, and never sent by itself", async () => {
  const core = createFakeCore();
  const renewed = commandError("sign_in_renewed", { server: "demo", account: "admin" });
  core.next("delete_codes", { answer: { results: [result("code-2", "Plumber", "kept", renewed)] } });
  const { user } = await openCodes(core);
  await deleteRow(user, "Plumber");
  const results = within(await screen.findByRole("region", { name: "Deletion" }));
  expect(await results.findByText(/Nothing has been done yet/)).toBeVisible();
  expect(requests(core, "delete_codes")).toHaveLength(1);
  const missing = commandError("no_account", { server: "demo", account: "admin" });
  core.next("delete_codes", { fail: missing });
  await user.click(results.getByRole("button", { name: "Try 1 again" }));
  expect(await results.findByRole("button", { name: "Sign in to the admin account" })).toBeVisible();
  expect(results.queryByRole("button", { name: "Try 1 again" })).toBeNull();
  await user.click(results.getByRole("button", { name: "Sign in to the admin account" }));
  const prompt = within(await screen.findByRole("alertdialog"));
  await user.type(prompt.getByLabelText("Password"), "s3cret{Enter}");
  await user.click(await results.findByRole("button", { name: "Try 1 again" }));
  expect(await results.findByText("1 of 1 deleted")).toBeVisible();
  expect(requests(core, "delete_codes")).toHaveLength(3);
});

test("Escape closes the results once they are whole, and the list has the focus again", async () => {
  const core = createFakeCore();
  const answer = later();
  core.next("delete_codes", { wait: answer.promise });
  const { user } = await openCodes(core);
  await deleteRow(user, "Plumber");
  const results = within(await screen.findByRole("region", { name: "Deletion" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Plumber" })).toBeNull());
  await user.keyboard("{Escape}");
  expect(results.getByText(/Deleting/)).toBeVisible();
  answer.resolve();
  await results.findByRole("button", { name: "Close the results" });
  await user.type(screen.getByRole("searchbox", { name: "Find a code" }), "x{Escape}");
  expect(screen.getByRole("region", { name: "Deletion" })).toBeVisible();
  await user.clear(screen.getByRole("searchbox", { name: "Find a code" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Deletion" })).toBeNull());
  expect(screen.getByRole("grid", { name: "Codes" })).toHaveFocus();
});
