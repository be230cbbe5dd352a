import { readFileSync } from "node:fs";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { LanguageProvider } from "../app/language";
import type { ErrorCode } from "../core/bindings/ErrorCode";
import { CoreProvider, createCore } from "../core/CoreProvider";
import { commandError, createFakeCore } from "../dev/fakeCore";
import { requests } from "../testing/window";
import { ErrorNote } from "./ErrorNote";

function show(code: ErrorCode, params: Record<string, unknown> = {}, language: "en" | "ru" = "en") {
  const core = createFakeCore();
  Object.assign(window, core.internals);
  render(
    <CoreProvider core={createCore()}>
      <LanguageProvider preference={language} systemLanguage="en">
        <ErrorNote error={commandError(code, params)} />
      </LanguageProvider>
    </CoreProvider>,
  );
  return { core, user: userEvent.setup() };
}

const CODES = [...readFileSync("ui/src/core/bindings/ErrorCode.ts", "utf8").matchAll(/"(\w+)"/gu)].map(
  (found) => found[1] as ErrorCode,
);

test.each(["en", "ru"] as const)("every error is told in %s, with its details to copy", async (language) => {
  for (const code of CODES) show(code, { status: 500, host: "intercom.lan" }, language);
  const alerts = screen.getAllByRole("alert");
  expect(alerts).toHaveLength(CODES.length);
  for (const alert of alerts) expect(alert.textContent).not.toMatch(/\{\{|errors\./u);
  const copy = language === "en" ? "Copy details" : "Скопировать подробности";
  expect(screen.getAllByRole("button", { name: copy })).toHaveLength(CODES.length);
});

test("copied details hold nobody's data", async () => {
  const { core, user } = show("refused", { status: 400, message: "Flat 45 of Anna is unknown" });
  await user.click(screen.getByRole("button", { name: "Copy details" }));
  expect(requests(core, "copy_details")).toEqual([
    { code: "refused", why: null, status: 400, trace: "7f3a-0001" },
  ]);
});

test("the server's own words are quoted, long ones folded", async () => {
  const { user } = show("refused", { status: 400, message: `${"The panel did not answer. ".repeat(20)}END` });
  expect(screen.getByText("The server says:")).toBeVisible();
  expect(screen.queryByText(/END/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show all of it" }));
  expect(screen.getByText(/END$/)).toBeVisible();
});

test("markup in a server's words stays text", () => {
  show("forbidden", { message: "<img src=x onerror=alert(1)>" });
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  expect(document.querySelector("img")).toBeNull();
});

test("maintenance, an unknown outcome and an offer that is missing are told as such", () => {
  show("server_trouble", { host: "intercom.lan", status: 503 });
  show("write_unknown", { host: "intercom.lan", status: 500, message: "Server Error" });
  show("not_offered", { capability: "keys" });
  show("setting_invalid", { field: "client_name" });
  expect(screen.getByText(/down for maintenance/)).toBeVisible();
  expect(screen.getByText("The server answered with status 500.")).toBeVisible();
  expect(screen.getByText("Server Error")).toBeVisible();
  expect(screen.getByText("This server does not offer this: list of keys.")).toBeVisible();
  expect(screen.getByText("This setting cannot be used: X-Client.")).toBeVisible();
});
