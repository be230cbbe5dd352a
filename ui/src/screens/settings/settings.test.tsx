import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { createFakeCore } from "../../dev/fakeCore";
import { openWindow, requests } from "../../testing/window";

test("language and theme apply at once", async () => {
  const { user } = openWindow({ at: "/settings" });
  await user.click(await screen.findByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  await user.click(screen.getByRole("radio", { name: "Русский" }));
  expect(await screen.findByRole("heading", { name: "Настройки" })).toBeVisible();
  expect(document.documentElement.lang).toBe("ru");
});

test("a server is removed only after a second yes", async () => {
  const { core, user } = openWindow({ at: "/settings" });
  await user.click(await screen.findByRole("button", { name: "Remove server" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(requests(core, "remove_server")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(requests(core, "remove_server")).toEqual([{ server: "demo" }]));
});

test("a missing keyring is told on every screen", async () => {
  openWindow({ core: createFakeCore({ keyring: "unavailable" }), at: "/codes" });
  expect(await screen.findByText("The system’s keyring is not available.")).toBeVisible();
});

test("the keys dialog lists the keys of the screen behind it", async () => {
  const { user } = openWindow({ at: "/codes" });
  await screen.findByRole("row", { name: /Plumber/ });
  await user.keyboard("?");
  const dialog = within(await screen.findByRole("dialog", { name: "Shortcuts" }));
  expect(dialog.getByText("New code")).toBeVisible();
});
