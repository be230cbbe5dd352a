import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../app/language";
import { Grid } from "./Grid";

const act = vi.fn();
const ignore = () => {};

function Rows({ names, selected = null }: { names: string[]; selected?: string | null }) {
  return (
    <LanguageProvider preference="en" systemLanguage="en">
      <Grid
        label="Rows"
        columns={[{ key: "name", title: "Name", width: "1fr", cell: (row: string) => row, act }]}
        total={names.length}
        rowAt={(index) => names[index]}
        rowName={(row) => row}
        rowKey={(row) => row}
        selected={selected}
        onOpen={ignore}
        onVisible={ignore}
      />
    </LanguageProvider>
  );
}

function open(names: string[]) {
  act.mockClear();
  const { rerender } = render(<Rows names={names} />);
  const grid = screen.getByRole("grid", { name: "Rows" });
  grid.focus();
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  return {
    show: (next: string[]) => rerender(<Rows names={next} />),
    press: (key: string, repeat = false) => fireEvent.keyDown(grid, { key, repeat }),
  };
}

const acted = () => act.mock.calls.map(([row]) => row);

test("a key held down acts once", () => {
  const { press } = open(["a", "b"]);
  press(" ");
  press(" ", true);
  press(" ", true);
  expect(acted()).toEqual(["a"]);
});

test("the keyboard stays on its record when the rows come in another order", () => {
  const { press, show } = open(["a", "b", "c"]);
  press(" ");
  show(["b", "c", "a"]);
  press(" ");
  expect(acted()).toEqual(["a", "a"]);
});

test("where the record is gone, a press takes the row that took its place and does nothing to it", () => {
  const { press, show } = open(["a", "b", "c"]);
  press(" ");
  show(["b", "c"]);
  press(" ");
  expect(acted()).toEqual(["a"]);
  press(" ");
  expect(acted()).toEqual(["a", "b"]);
});

test("the keyboard comes to what was opened from elsewhere, and goes its own way from there", () => {
  act.mockClear();
  const { rerender } = render(<Rows names={["a", "b"]} selected="c" />);
  const grid = screen.getByRole("grid", { name: "Rows" });
  rerender(<Rows names={["a", "b", "c", "d"]} selected="c" />);
  rerender(<Rows names={["a", "b", "c", "d"]} />);
  grid.focus();
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  fireEvent.keyDown(grid, { key: " " });
  expect(acted()).toEqual(["c"]);
  rerender(<Rows names={["a", "b", "c", "d"]} selected="c" />);
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  rerender(<Rows names={["a", "b", "c", "d", "e"]} selected="c" />);
  fireEvent.keyDown(grid, { key: " " });
  expect(acted()).toEqual(["c", "d"]);
});
