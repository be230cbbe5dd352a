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

test("what was last seen long ago is told from what was seen lately", () => {
  const { rerender } = render(shown(STALE_AFTER - MINUTE));
  expect(screen.queryByText(/long ago/)).toBeNull();
  rerender(shown(STALE_AFTER + MINUTE));
  expect(screen.getByText(/long ago/)).toBeInTheDocument();
});
