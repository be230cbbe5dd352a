import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { LanguageProvider } from "../app/language";
import { RelativeTime } from "./RelativeTime";

test("the exact time is written once somebody points at how long ago it was", async () => {
  render(
    <LanguageProvider preference="en" systemLanguage="en">
      <RelativeTime at={new Date(Date.now() - 3.5 * 60_000).toISOString()} />
    </LanguageProvider>,
  );
  const time = screen.getByText("3 min ago");
  expect(time).not.toHaveAttribute("title");
  await userEvent.setup().hover(time);
  expect(time.title).toMatch(/^\d\d:\d\d (today|yesterday)$/u);
});
