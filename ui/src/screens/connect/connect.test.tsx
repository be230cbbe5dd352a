import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { commandError, createFakeCore } from "../../dev/fakeCore";
import { later, openWindow, requests } from "../../testing/window";

const UNTRUSTED = {
  host: "192.168.1.20",
  port: 443,
  fingerprint: "AB:CD:EF:01",
  subject: "CN=intercom.local",
  issuer: "CN=intercom.local",
  notBefore: "2024-01-01T00:00:00Z",
  notAfter: "2034-01-01T00:00:00Z",
  names: ["intercom.local"],
  why: "unknown_issuer",
  pinned: null,
};

async function openFresh() {
  const opened = openWindow({ core: createFakeCore({ servers: [] }) });
  const address = await screen.findByRole("textbox", { name: "Server address" });
  return { ...opened, address };
}

test("a server with a verified certificate leads straight to its accounts", async () => {
  const { core, user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  expect(await screen.findByRole("heading", { name: "Sign in to intercom.example.org" })).toBeVisible();
  expect(requests(core, "add_server")).toEqual([
    {
      address: "https://intercom.example.org",
      name: "intercom.example.org",
      pin: null,
      allowPlainHttp: false,
    },
  ]);
});

test("a self-signed certificate is shown and, once trusted, pinned by its fingerprint", async () => {
  const { core, user, address } = await openFresh();
  core.next("probe_server", { fail: commandError("certificate_untrusted", UNTRUSTED) });
  await user.type(address, "192.168.1.20{Enter}");
  const decision = await screen.findByRole("region", { name: "Is this your server?" });
  expect(within(decision).getByText("ABCD EF01")).toBeVisible();
  expect(within(decision).getByText("192.168.1.20:443")).toBeVisible();
  await user.click(within(decision).getByRole("button", { name: "Trust this certificate" }));
  await screen.findByRole("heading", { name: /Sign in to/ });
  expect(requests(core, "probe_server")[1]).toMatchObject({ pin: "AB:CD:EF:01", allowPlainHttp: false });
});

test("declining a certificate goes back to the address as it was typed and adds nothing", async () => {
  const { core, user, address } = await openFresh();
  core.next("probe_server", { fail: commandError("certificate_untrusted", UNTRUSTED) });
  await user.type(address, "192.168.1.20{Enter}");
  await user.click(await screen.findByRole("button", { name: "Do not connect" }));
  expect(screen.getByRole("textbox", { name: "Server address" })).toHaveValue("192.168.1.20");
  expect(requests(core, "add_server")).toEqual([]);
});

test("a changed certificate is told loudly, in words of its own", async () => {
  const { core, user, address } = await openFresh();
  core.next("probe_server", {
    fail: commandError("certificate_untrusted", { ...UNTRUSTED, pinned: "11:22:33:44" }),
  });
  await user.type(address, "192.168.1.20{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("The certificate has CHANGED");
  expect(screen.getByText("1122 3344")).toBeVisible();
  expect(screen.getByRole("button", { name: "Trust the new certificate" })).toBeVisible();
});

test("an unencrypted address is connected only after the warning was accepted", async () => {
  const { core, user, address } = await openFresh();
  core.next("probe_server", { fail: commandError("plain_http", { host: "intercom.lan" }) });
  await user.type(address, "http://intercom.lan{Enter}");
  await user.click(await screen.findByRole("button", { name: "Connect without encryption" }));
  await screen.findByRole("heading", { name: /Sign in to/ });
  expect(requests(core, "probe_server")[1]).toMatchObject({ allowPlainHttp: true, pin: null });
});

test("an address that cannot be used is explained beside its field", async () => {
  const { core, user, address } = await openFresh();
  core.next("probe_server", { fail: commandError("address_invalid", { why: "port" }) });
  await user.type(address, "host:99999{Enter}");
  expect(await screen.findByText("The port must be a number from 1 to 65535.")).toBeVisible();
  expect(address).toBeInvalid();
});

test("a refused sign-in clears the password, keeps the login and leaves the other account alone", async () => {
  const { core, user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  const admin = within(await screen.findByRole("region", { name: "Admin account" }));
  const client = within(screen.getByRole("region", { name: "Client account" }));
  await user.type(client.getByRole("textbox", { name: "Login" }), "flat45");
  core.next("sign_in", {
    fail: commandError("sign_in_refused", {
      account: "admin",
      fields: { password: ["Wrong password"] },
      message: "",
    }),
  });
  await user.type(admin.getByRole("textbox", { name: "Login" }), "manager");
  await user.type(admin.getByLabelText("Password"), "s3cret{Enter}");
  const note = within(await admin.findByRole("alert"));
  expect(note.getByText("Wrong password")).toBeVisible();
  // Told once, and only the field the server named is marked.
  expect(admin.getAllByText("Wrong password")).toHaveLength(1);
  expect(admin.getByLabelText("Password")).toBeInvalid();
  expect(admin.getByLabelText("Password")).toHaveAccessibleDescription("Wrong password");
  expect(admin.getByRole("textbox", { name: "Login" })).toBeValid();
  expect(admin.getByRole("textbox", { name: "Login" })).toHaveValue("manager");
  expect(admin.getByLabelText("Password")).toHaveValue("");
  expect(client.getByRole("textbox", { name: "Login" })).toHaveValue("flat45");
  expect(document.body.innerHTML).not.toContain("s3cret");
});

test("the focus goes on to the next account, then into the window, and back to one that was left", async () => {
  const { user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  const admin = within(await screen.findByRole("region", { name: "Admin account" }));
  const client = within(screen.getByRole("region", { name: "Client account" }));
  await waitFor(() => expect(admin.getByRole("textbox", { name: "Login" })).toHaveFocus());
  await user.keyboard("manager");
  await user.tab();
  await user.keyboard("s3cret{Enter}");
  await waitFor(() => expect(client.getByRole("textbox", { name: "Login" })).toHaveFocus());
  await user.keyboard("flat45");
  await user.tab();
  await user.keyboard("s3cret{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Open Gatehouse" })).toHaveFocus());
  await user.click(admin.getByRole("button", { name: "Sign out of the admin account" }));
  await waitFor(() => expect(admin.getByRole("textbox", { name: "Login" })).toHaveFocus());
});

test("whoever signs in to the client account first is led back to the admin account", async () => {
  const { user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  const admin = within(await screen.findByRole("region", { name: "Admin account" }));
  const client = within(screen.getByRole("region", { name: "Client account" }));
  await user.type(client.getByRole("textbox", { name: "Login" }), "flat45");
  await user.type(client.getByLabelText("Password"), "s3cret{Enter}");
  await waitFor(() => expect(admin.getByRole("textbox", { name: "Login" })).toHaveFocus());
});

test("whoever went on to another form while a sign-in was on its way stays there", async () => {
  const { core, user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  const admin = within(await screen.findByRole("region", { name: "Admin account" }));
  const client = within(screen.getByRole("region", { name: "Client account" }));
  const gate = later();
  core.next("sign_in", { wait: gate.promise });
  await user.type(admin.getByRole("textbox", { name: "Login" }), "manager");
  await user.type(admin.getByLabelText("Password"), "s3cret{Enter}");
  await user.click(client.getByLabelText("Password"));
  gate.resolve();
  await admin.findByText("signed in");
  expect(client.getByLabelText("Password")).toHaveFocus();
});

test("one signed-in account is enough to open, and a pasted token does too", async () => {
  const { core, user, address } = await openFresh();
  await user.type(address, "intercom.example.org{Enter}");
  const client = within(await screen.findByRole("region", { name: "Client account" }));
  expect(screen.getByRole("button", { name: "Open Gatehouse" })).toBeDisabled();
  await user.click(client.getByRole("radio", { name: "Paste a token" }));
  await user.type(client.getByLabelText("Token"), "t0ken{Enter}");
  expect(await client.findByText("signed in")).toBeVisible();
  expect(requests(core, "sign_in")[0]).toMatchObject({
    account: "client",
    with: { kind: "token", token: "t0ken" },
  });
  await user.click(screen.getByRole("button", { name: "Open Gatehouse" }));
  expect(await screen.findByRole("region", { name: "Intercoms" })).toBeVisible();
});

test("the demo building is one click away", async () => {
  const { user } = await openFresh();
  await user.click(screen.getByRole("button", { name: "Try the demo building" }));
  expect(await screen.findByRole("grid", { name: "Flats" })).toBeVisible();
  expect(screen.getByText("demo")).toBeVisible();
});
