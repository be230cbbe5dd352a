// The search in a window of its own: answers to give it, and ways to ask.

import { screen } from "@testing-library/react";
import type { FoundAt } from "../core/bindings/FoundAt";
import type { FoundKey } from "../core/bindings/FoundKey";
import type { KeyNotation } from "../core/bindings/KeyNotation";
import type { SearchResults } from "../core/bindings/SearchResults";
import { createFakeCore } from "../dev/fakeCore";
import { openWindow } from "./window";

export const NOTHING: SearchResults = {
  ...{ flats: [], people: [], keys: [], codes: [], intercoms: [] },
  ...{ more: [], readAs: null, lookedThrough: 3, isKey: false, intercomMeant: false },
};
export const AT: FoundAt = {
  server: "demo",
  serverName: "Lenina 12",
  intercom: 1,
  shortName: null,
  intercomTitle: "Подъезд 1",
  address: null,
  entrance: null,
  marks: [],
};
const unknown = { state: "unknown", confirmedAt: null } as const;
export const flat = (id: number | null, number: string, at: Partial<FoundAt> = {}) => ({
  at: { ...AT, ...at },
  flat: {
    id,
    number,
    keyCount: 1,
    residentCount: 1,
    lines: { analog: unknown, smartphone: unknown, landline: unknown },
    confirmedAt: new Date(Date.now() - 2.5 * 60_000).toISOString(),
    goneAt: null as string | null,
  },
});
export const key = (how: KeyNotation, more: Partial<FoundKey["key"]> = {}): FoundKey => ({
  at: AT,
  how,
  key: {
    id: 7,
    key: "0000003004CAA0",
    owner: { kind: "nobody" },
    flat: null,
    createdAt: null,
    confirmedAt: new Date().toISOString(),
    goneAt: null,
    ...more,
  },
});
export const person = (more: Partial<SearchResults["people"][number]> = {}) => ({
  at: AT,
  id: 3,
  name: "Семёнова Алёна",
  login: null,
  flat: 504,
  flatNumber: "5",
  isResident: true,
  confirmedAt: null,
  goneAt: null,
  others: 0,
  ...more,
});

export const field = () => screen.getByRole("combobox", { name: "Search everything" });
export const option = (name: string | RegExp) => screen.findByRole("option", { name });

export async function opened(answer?: Partial<SearchResults>, core = createFakeCore()) {
  if (answer !== undefined) core.next("search", { answer: { ...NOTHING, ...answer } });
  const window = openWindow({ core, at: "/settings" });
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return window;
}

/** One character, so that one question is asked. */
export async function found(answer: Partial<SearchResults>, core = createFakeCore()) {
  const window = await opened(answer, core);
  await window.user.keyboard("/");
  await window.user.keyboard("x");
  await screen.findAllByRole("option");
  return window;
}
