import { components, texts } from "virtual:licences";
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openWindow } from "../../testing/window";

test("every component has a name, a version and the name of its licence", () => {
  expect(components.length).toBeGreaterThan(100);
  for (const { from, name, version, licence } of components) {
    expect(name, from).not.toBe("");
    expect(version, name).not.toBe("");
    expect(licence, name).not.toBe("");
  }
});

test("what the window and the core are built on is among them, what only tests use is not", () => {
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["react", "react-dom", "tauri", "rustls", "windows-sys"]));
  for (const name of ["vitest", "axe-core", "proptest", "gatehouse", "desk"])
    expect(names).not.toContain(name);
});

test("a text is there once, and every component points at texts there are", () => {
  expect(new Set(texts).size).toBe(texts.length);
  for (const { texts: places, name } of components)
    for (const place of places) expect(texts[place], name).toBeTypeOf("string");
});

test("they are listed where the person looks for them, each with its text", async () => {
  const { user } = openWindow({ at: "/settings?section=about" });
  await user.click(await screen.findByRole("button", { name: "Components by others and their licences" }));
  await user.type(
    await screen.findByRole("searchbox", { name: "Find a component" }, { timeout: 15_000 }),
    "react-dom",
  );
  const list = within(screen.getByRole("list", { name: "Components by others and their licences" }));
  expect(list.getAllByText("MIT")[0]).toBeVisible();
  await user.click(list.getByRole("button", { name: "Licence text: react-dom" }));
  expect(list.getByText(/Permission is hereby granted/)).toBeVisible();
});
