import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { afterEach, expect, test, vi } from "vitest";
import { commandError, createFakeCore, type FakeCore } from "../../dev/fakeCore";
import { makeAccount, makeServer, makeSessions } from "../../dev/fakeServers";
import { later, openWindow, requests } from "../../testing/window";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A server without accounts, and the form of its client account. */
async function openForm(core: FakeCore = createFakeCore({ servers: [unsigned()] })) {
  const opened = openWindow({ core, at: "/connect?server=server-1" });
  const form = within(await screen.findByRole("region", { name: "Client account" }));
  const type = async () => {
    await opened.user.type(form.getByRole("textbox", { name: "Login" }), "flat45");
    await opened.user.type(form.getByLabelText("Password"), "s3cret{Enter}");
  };
  return { ...opened, form, type };
}

function unsigned() {
  return { ...makeServer("server-1"), admin: null, client: null };
}

test("a password is kept only where the person asks for it", async () => {
  const { core, user, form, type } = await openForm();
  expect(form.getByRole("checkbox", { name: "Renew this sign-in by itself" })).not.toBeChecked();
  await user.click(form.getByRole("checkbox", { name: "Renew this sign-in by itself" }));
  await type();
  expect(await form.findByText("renews itself")).toBeVisible();
  expect(requests(core, "sign_in")[0]).toMatchObject({ remember: true, captcha: null });
});

test("without a keyring nothing can be kept, and it is said why", async () => {
  const { form } = await openForm(createFakeCore({ servers: [unsigned()], keyring: "unavailable" }));
  const keep = form.getByRole("checkbox", { name: "Renew this sign-in by itself" });
  expect(keep).toBeDisabled();
  expect(keep).toHaveAccessibleDescription(/keyring is not available/);
});

test("after a sign-in the server is asked once what it offers", async () => {
  const { core, type } = await openForm();
  await type();
  await waitFor(() => expect(requests(core, "check_capabilities")).toEqual([{ server: "server-1" }]));
});

test("a captcha is shown, what was typed stays, and its answer goes with the next try", async () => {
  const { core, user, form, type } = await openForm();
  core.next("sign_in", { fail: commandError("captcha_required", { wrong: false }) });
  core.next("get_captcha", { answer: { key: "k1", image: "data:image/png;base64,AA==", ttlSeconds: 60 } });
  await type();
  const text = await form.findByRole("textbox", { name: "Text of the picture" });
  await waitFor(() => expect(text).toHaveFocus());
  expect(form.getByLabelText("Password")).toHaveValue("s3cret");
  expect(document.body.innerHTML).not.toContain("s3cret");
  await user.type(text, "w8xk{Enter}");
  expect(await form.findByText("signed in")).toBeVisible();
  expect(requests(core, "sign_in")[1]).toMatchObject({
    with: { kind: "password", login: "flat45", password: "s3cret" },
    captcha: { key: "k1", text: "w8xk" },
  });
});

test("a wrong answer brings another picture and says so", async () => {
  const { core, user, form, type } = await openForm();
  core.next(
    "sign_in",
    { fail: commandError("captcha_required", { wrong: false }) },
    { fail: commandError("captcha_required", { wrong: true }) },
  );
  await type();
  await user.type(await form.findByRole("textbox", { name: "Text of the picture" }), "nope{Enter}");
  expect(await form.findByText(/did not match the picture/)).toBeVisible();
  expect(requests(core, "get_captcha")).toHaveLength(2);
  expect(form.getByRole("textbox", { name: "Text of the picture" })).toHaveValue("");
});

test("a picture that has run out is replaced instead of sent", async () => {
  const { core, user, form, type } = await openForm();
  core.next("sign_in", { fail: commandError("captcha_required", { wrong: false }) });
  core.next("get_captcha", { answer: { key: "old", image: "", ttlSeconds: 0 } });
  await type();
  await user.type(await form.findByRole("textbox", { name: "Text of the picture" }), "w8xk{Enter}");
  expect(await form.findByText(/The picture had run out/)).toBeVisible();
  expect(requests(core, "sign_in")).toHaveLength(1);
  expect(form.getByLabelText("Password")).toHaveValue("s3cret");
});

test("too many pictures asked for: the wait is told and counted down", async () => {
  const { core, user, form, type } = await openForm();
  core.next("sign_in", { fail: commandError("captcha_required", { wrong: false }) });
  await type();
  await form.findByRole("textbox", { name: "Text of the picture" });
  core.next("get_captcha", { fail: commandError("rate_limited", { seconds: 3 }) });
  await user.click(form.getByRole("button", { name: "Another picture" }));
  expect(await form.findByText("The server asks to wait 3 seconds.")).toBeVisible();
  expect(await form.findByText("You can try again now.", undefined, { timeout: 6_000 })).toBeVisible();
});

test("too many sessions: one is chosen, ended and the sign-in repeated with what was typed", async () => {
  const { core, user, form, type } = await openForm();
  const sessions = makeSessions();
  core.next("sign_in", { fail: commandError("too_many_sessions", { limit: 3, sessions, captcha: false }) });
  await type();
  const list = within(await form.findByRole("group", { name: /signed in in too many places/ }));
  expect(list.getByText("this desk")).toBeVisible();
  expect(list.getByText(/The server allows 3 sessions/)).toBeVisible();
  await user.click(form.getByRole("button", { name: "Sign in to the client account" }));
  expect(await form.findByText("Choose a session first.")).toBeVisible();
  expect(requests(core, "sign_in")).toHaveLength(1);
  await user.click(list.getByRole("radio", { name: "App on Android" }));
  await user.click(form.getByRole("button", { name: "End this session and sign in" }));
  expect(await form.findByText("signed in")).toBeVisible();
  expect(requests(core, "sign_in")[1]).toMatchObject({ endSession: 64, with: { password: "s3cret" } });
});

test("questions wait for each other: the second account is asked after the first", async () => {
  const core = createFakeCore();
  core.state.servers = [
    {
      ...makeServer("demo"),
      admin: makeAccount({ state: "expired" }),
      client: makeAccount({ login: "flat45", state: "expired" }),
    },
  ];
  core.next("load_intercoms", { fail: commandError("signed_out", { server: "demo", account: "client" }) });
  core.next("load_flats", { fail: commandError("signed_out", { server: "demo", account: "admin" }) });
  const { user } = openWindow({ core, at: "/buildings?intercom=1" });
  const first = within(
    await screen.findByRole("alertdialog", { name: /Sign in again to the (client|admin) account/ }),
  );
  const name = first.getByRole("heading").textContent;
  expect(await first.findByText(/1 more account/)).toBeVisible();
  await user.click(first.getByRole("button", { name: "Not now" }));
  const second = await screen.findByRole("alertdialog");
  expect(within(second).getByRole("heading").textContent).not.toBe(name);
});

test("what a renewed sign-in had stopped is offered again, in the place where it was asked for", async () => {
  const core = createFakeCore();
  core.next("add_intercom", {
    fail: commandError("sign_in_renewed", { server: "demo", account: "admin" }),
  });
  const { user } = openWindow({ core, at: "/buildings" });
  await user.click(await screen.findByRole("button", { name: "Add intercom" }));
  await user.type(screen.getByRole("textbox", { name: "Intercom id" }), "77{Enter}");
  expect(await screen.findByText(/Nothing has been done yet/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByRole("textbox", { name: "Intercom id" })).toHaveValue("77");
});

test("an action stopped by an ended sign-in is offered again wherever the person signs in", async () => {
  const core = createFakeCore();
  core.next("add_intercom", { fail: commandError("signed_out", { server: "demo", account: "admin" }) });
  const { user } = openWindow({ core, at: "/buildings" });
  await user.click(await screen.findByRole("button", { name: "Add intercom" }));
  await user.type(screen.getByRole("textbox", { name: "Intercom id" }), "77{Enter}");
  const prompt = within(await screen.findByRole("alertdialog"));
  await user.type(prompt.getByLabelText("Password"), "s3cret{Enter}");
  expect(await screen.findByText(/Nothing has been done yet/)).toBeVisible();
  expect(requests(core, "add_intercom")).toHaveLength(1);
});

test("a sign-in that ends soon is spoken of, a remembered one is not", async () => {
  const core = createFakeCore();
  const soon = new Date(Date.now() + 8 * 60_000 + 30_000).toISOString();
  core.state.servers = [
    {
      ...makeServer("demo"),
      admin: makeAccount({ expiresAt: soon }),
      client: makeAccount({ expiresAt: soon, remembered: true }),
    },
  ];
  const { user } = openWindow({ core, at: "/settings" });
  expect(await screen.findByText("The sign-in to the admin account ends in 8 min.")).toBeVisible();
  expect(screen.queryByText(/client account ends/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Sign in again to the admin account" }));
  expect(await screen.findByText(/ends soon. What you are doing stays/)).toBeVisible();
});

test("at the instant a sign-in ends, the state is read anew", async () => {
  const core = createFakeCore();
  const account = makeAccount({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
  core.state.servers = [{ ...makeServer("demo"), admin: account }];
  openWindow({ core, at: "/settings" });
  await screen.findByText(/The sign-in to the admin account ends in/);
  core.state.servers = [{ ...makeServer("demo"), admin: makeAccount({ state: "expired" }) }];
  expect(await screen.findByText("sign-in ended", undefined, { timeout: 6_000 })).toBeVisible();
});

test.each([
  ["en", "light"],
  ["ru", "dark"],
] as const)("a form that asks for more has no accessibility fault (%s, %s)", async (language, theme) => {
  const core = createFakeCore({ servers: [unsigned()] });
  core.state.preferences = { ...core.state.preferences, language, theme };
  core.next("sign_in", {
    fail: commandError("too_many_sessions", { limit: 3, sessions: makeSessions(), captcha: true }),
  });
  // jsdom paints nothing: the picture is still being painted while it is looked at.
  vi.stubGlobal("createImageBitmap", () => later().promise);
  const { user } = openWindow({ core, at: "/connect?server=server-1" });
  const login = (await screen.findAllByRole("textbox", { name: language === "en" ? "Login" : "Логин" }))[1];
  if (login === undefined) throw new Error("the client account's form is missing");
  await user.type(login, "flat45{Enter}");
  await screen.findByRole("img", { name: language === "en" ? "Picture with text" : "Картинка с текстом" });
  const found = await axe.run(document.documentElement, {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
});
