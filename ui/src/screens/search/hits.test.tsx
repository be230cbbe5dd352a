import { act, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import type { KeyNotation } from "../../core/bindings/KeyNotation";
import { bareIntercom } from "../../dev/building";
import en from "../../i18n/en.json";
import { AT, flat, found, key, opened, option, person } from "../../testing/search";
import { requests } from "../../testing/window";
import { stretches } from "./Marked";

test("what was found stands in groups, the found part marked, with its place and its age", async () => {
  await found({
    flats: [flat(504, "45", { marks: [{ field: "number", from: 0, to: 1 }], address: "ул. Ленина, 12" })],
    people: [
      person({
        at: {
          ...AT,
          marks: [
            { field: "name", from: 0, to: 8 },
            { field: "name", from: 9, to: 13 },
          ],
        },
      }),
      person({ id: 4, name: null, login: "ivan@mail.example", isResident: false }),
    ],
  });
  const flats = within(screen.getByRole("group", { name: "Flats" }));
  expect(flats.getByRole("option")).toHaveTextContent(
    "Flat 45 confirmed 2 min ago Подъезд 1 · ул. Ленина, 12",
  );
  expect(flats.getByText("4").tagName).toBe("MARK");
  const people = within(screen.getByRole("group", { name: "People" }));
  expect(people.getByText("Алён").tagName).toBe("MARK");
  expect(people.getByRole("option", { name: /^Семёнова Алёна resident/ })).toBeVisible();
  expect(people.getAllByRole("option")[1]).toHaveTextContent("ivan@mail.example key owner");
  expect(people.getAllByRole("option")[1]).toHaveTextContent("flat 5 · Подъезд 1");
  // One server: its name says nothing.
  expect(screen.queryByText(/Lenina 12/u)).toBeNull();
  expect(screen.getByText("3 found")).toHaveAttribute("role", "status");
});

test("whoever is at several places is told once, with how many others there are", async () => {
  await found({ people: [person({ others: 1 }), person({ id: 4, others: 2 }), person({ id: 5 })] });
  const people = screen.getAllByRole("option");
  expect(people[0]).toHaveTextContent("flat 5 · Подъезд 1 · and 1 other place");
  expect(people[1]).toHaveTextContent("Подъезд 1 · and 2 other places");
  expect(people[2]).not.toHaveTextContent("other place");
});

test("what was read with the other layout of the keyboard is said above what was found", async () => {
  await found({ people: [person()], readAs: "Семёнова" });
  expect(screen.getByText(/Read as “Семёнова”/u)).toHaveAttribute("role", "status");
  expect(screen.getByRole("option", { name: /^Семёнова Алёна/ })).toBeVisible();
});

test("a long list is drawn as far as the window goes, and the rest once somebody goes there", async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  let comeIntoSight = () => {};
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(told: (entries: { isIntersecting: boolean }[]) => void) {
        told([{ isIntersecting: false }]);
        comeIntoSight = () => told([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {}
    },
  );
  const flats = Array.from({ length: 40 }, (_, index) => flat(500 + index, `4${index}`));
  await found({ flats });
  const drawn = () => within(screen.getByRole("listbox")).getAllByRole("option");
  expect(drawn().length).toBeGreaterThan(10);
  expect(drawn().length).toBeLessThan(30);
  expect(drawn()[0]).toHaveAttribute("aria-setsize", "40");
  act(comeIntoSight);
  expect(drawn()).toHaveLength(40);
});

test("the last of a long list is one key away", async () => {
  const { user } = await found({
    flats: Array.from({ length: 40 }, (_, index) => flat(500 + index, `4${index}`)),
  });
  await user.keyboard("{End}");
  const last = within(screen.getByRole("listbox")).getAllByRole("option").at(-1);
  expect(last).toHaveTextContent("Flat 439");
  expect(last).toHaveAttribute("aria-posinset", "40");
  expect(last).toHaveAttribute("aria-selected", "true");
});

test("a mark counts characters as the core does, and one that does not fit breaks nothing", () => {
  expect(stretches("Ян🙂Ёлкин", [{ from: 4, to: 7 }]).map(({ part, isFound }) => [part, isFound])).toEqual([
    ["Ян🙂", false],
    ["Ёлк", true],
    ["ин", false],
  ]);
  const mark = fc.record({ from: fc.integer({ min: -3, max: 30 }), to: fc.integer({ min: -3, max: 30 }) });
  fc.assert(
    fc.property(fc.string(), fc.array(mark), (text, marks) => {
      expect(
        stretches(text, marks)
          .map(({ part }) => part)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("of a key it is said how what was typed was read", async () => {
  const hows = Object.keys(en.search.how) as KeyNotation[];
  await found({ keys: hows.map((how, id) => key(how, { id })) });
  const options = screen.getAllByRole("option");
  hows.forEach((how, index) => {
    expect(options[index]).toHaveTextContent(`0000003004CAA0 nobody’s ${en.search.how[how]}`);
  });
});

test.each([
  ["a person", { people: [person()] }, "Flat 5"],
  ["a key of a flat", { keys: [key("decimal", { flat: { id: 506, number: "7" } })] }, "Flat 7"],
  ["a flat of which only the number is known", { flats: [flat(null, "8")] }, "Flat 8"],
])("%s opens the flat", async (_what, answer, heading) => {
  const { core, user } = await found(answer);
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: "Open the flat" }));
  expect(await screen.findByRole("heading", { name: heading })).toBeVisible();
  // It only looks: besides where the person is, nothing is told to the core.
  const said = core.calls
    .map(({ name }) => name)
    .filter((name) => !/^(first|load|list|get|app|search|about|read_log)/u.test(name));
  expect(new Set(said)).toEqual(new Set(["remember_intercom"]));
});

test.each([
  ["a key that belongs to no flat", { keys: [key("hex", { key: "0000003001CAA0" })] }, "0000003001CAA0"],
  ["somebody who has nothing but a key", { people: [person({ flat: null, name: "Müller" })] }, "Müller"],
])("%s leads to the keys that match", async (_what, answer, filter) => {
  const { user } = await found(answer);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByRole("searchbox", { name: "Find a key" })).toHaveValue(filter);
  await waitFor(() => expect(screen.getByRole("grid", { name: "Keys" })).toHaveFocus());
});

test("a code opens its row, however long the list", async () => {
  const { core, user } = await opened();
  await user.keyboard("/");
  await user.keyboard("plumb");
  await option(/Plumber/);
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: "Open the code" }));
  expect(await screen.findByRole("heading", { name: "Plumber", level: 1 })).toBeVisible();
  expect(requests(core, "list_codes")).toContainEqual(expect.objectContaining({ search: "04417" }));
});

test("an intercom is opened with the mouse", async () => {
  const { user } = await found({
    intercoms: [{ at: { ...AT, intercom: 2 }, intercom: bareIntercom(2, { title: "Подъезд 2" }) }],
  });
  await user.click(await option(/Подъезд 2/));
  await user.click(await screen.findByRole("button", { name: "Open the intercom" }));
  expect(await screen.findByRole("heading", { name: "Подъезд 2", level: 1 })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("grid", { name: "Flats" })).toHaveFocus());
});
