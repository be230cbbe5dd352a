import { screen } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../dev/fakeCore";
import { openWindow } from "../testing/window";

const SCREENS = [
  {
    name: "connect",
    fresh: true,
    at: "/connect",
    ready: () => screen.findByRole("textbox", { name: "Server address" }),
  },
  {
    name: "accounts",
    fresh: false,
    at: "/connect?server=demo",
    ready: () => screen.findByRole("region", { name: "Admin account" }),
  },
  {
    name: "flats",
    fresh: false,
    at: "/buildings",
    ready: () => screen.findByRole("row", { name: "Flat 1" }),
  },
  {
    name: "a flat",
    fresh: false,
    at: "/buildings?intercom=1&flat=504",
    ready: () => screen.findByRole("group", { name: "Landline" }),
  },
  { name: "codes", fresh: false, at: "/codes", ready: () => screen.findByRole("row", { name: /Plumber/ }) },
  {
    name: "a new code",
    fresh: false,
    at: "/codes?new=true",
    ready: () => screen.findByRole("textbox", { name: "Flat number" }),
  },
  {
    name: "settings",
    fresh: false,
    at: "/settings",
    ready: () => screen.findByRole("button", { name: "Remove server" }),
  },
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(SCREENS)("the screen of $name has no accessibility fault", async ({ fresh, at, ready }) => {
    const core = createFakeCore(fresh ? { servers: [] } : {});
    core.state.preferences = { ...core.state.preferences, language: "en", theme };
    openWindow({ core, at });
    await ready();
    // jsdom paints nothing, so contrast is measured from the tokens in a test of its own.
    const found = await axe.run(document.documentElement, {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });
});
