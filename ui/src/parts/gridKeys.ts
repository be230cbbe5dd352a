import { type KeyboardEvent, useState } from "react";
import type { Column, GridProps } from "./Grid";

const PAGE_ROWS = 12;

type Parts<Row, Sort extends string> = GridProps<Row, Sort> & {
  /** Brings a row into sight. */
  reveal: (index: number) => void;
};

/** Where the keyboard is in a grid, and what its keys do: rows, the cells that act, and the selection. */
export function useGridKeys<Row, Sort extends string>(props: Parts<Row, Sort>) {
  const { columns, total, rowAt, selection } = props;
  const [at, setAt] = useState(0);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [cell, setCell] = useState<string | null>(null);
  const active = Math.min(at, Math.max(0, total - 1));
  const acting = columns.filter((column) => column.act !== undefined);
  const activeCell: Column<Row, Sort> | undefined = acting.find((column) => column.key === cell);

  const move = (to: number, extend: boolean) => {
    const next = Math.max(0, Math.min(total - 1, to));
    if (extend && selection !== undefined) {
      const from = anchor ?? active;
      setAnchor(from);
      selection.extend(from, next);
    } else setAnchor(null);
    setAt(next);
    props.reveal(next);
  };
  const place = (index: number, extend: boolean) => {
    if (extend && selection !== undefined) {
      const from = anchor ?? active;
      setAnchor(from);
      selection.extend(from, index);
    } else setAnchor(null);
    setAt(index);
  };
  const sideways = (by: 1 | -1) => {
    const next = acting.findIndex((column) => column.key === cell) + by;
    setCell(next < 0 ? null : (acting[Math.min(next, acting.length - 1)]?.key ?? null));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE_ROWS,
      PageUp: active - PAGE_ROWS,
      Home: 0,
      End: total - 1,
    };
    const step = steps[event.key];
    const command = event.ctrlKey || event.metaKey;
    const row = props.late === true ? undefined : rowAt(active);
    const done = () => event.preventDefault();
    if (step !== undefined) {
      done();
      move(step, event.shiftKey);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (acting.length === 0) return;
      done();
      sideways(event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === " ") {
      done();
      if (row === undefined) return;
      if (activeCell?.act !== undefined) activeCell.act(row);
      else selection?.toggle(row);
    } else if (command && event.code === "KeyA" && selection !== undefined) {
      done();
      selection.all();
    } else if (event.key === "Escape" && selection?.any === true) {
      done();
      selection.clear();
    } else if (event.key === "Delete" && props.onDelete !== undefined) {
      done();
      props.onDelete();
    } else if (event.key === "Enter" && row !== undefined) props.onOpen(row);
  };

  return { active, activeCell: activeCell?.key ?? null, place, onKeyDown };
}
