import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { LanguageProvider } from "../app/language";
import { Confirmed, STALE_AFTER } from "./Confirmed";

const MINUTE = 60_000;

function shown(milliseconds: number) {
  const at = new Date(Date.now() - milliseconds).toISOString();
  return (
    <LanguageProvider preference="en" systemLanguage="en">
      <Confirmed at={at} />
    </LanguageProvider>
  );
}

test("what was last seen long ago is tinted, besides saying so", () => {
  const { rerender } = render(shown(STALE_AFTER - MINUTE));
  expect(screen.getByText("23 hr ago").closest(".stale")).toBeNull();
  rerender(shown(STALE_AFTER + MINUTE));
  expect(screen.getByText("1 day ago").closest(".stale")).not.toBeNull();
});
