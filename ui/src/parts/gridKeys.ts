import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Column, GridProps } from "./Grid";

const PAGE_ROWS = 12;

type Parts<Row, Sort extends string> = GridProps<Row, Sort> & {
  /** Brings a row into sight. */
  reveal: (index: number) => void;
};

/** Where the keyboard is: the record, and where it stood last. No record: nobody has been here yet. */
type At = { index: number; key: string | number | null };

/**
 * Where the keyboard is in a grid, and what its keys do: rows, the cells that act, and the selection. It stays with its
 * record when the rows come in another order; where the record is gone, a key first takes the row that is there now. It
 * follows to what is opened from elsewhere.
 */
export function useGridKeys<Row, Sort extends string>(props: Parts<Row, Sort>) {
  const { columns, total, rowAt, rowKey, selection } = props;
  const [at, setAt] = useState<At>({ index: 0, key: null });
  const [anchor, setAnchor] = useState<number | null>(null);
  const [cell, setCell] = useState<string | null>(null);
  const keyAt = (index: number) => {
    const row = rowAt(index);
    return row === undefined ? null : rowKey(row);
  };
  const nearest = Math.min(at.index, Math.max(0, total - 1));
  const found = at.key === null ? nearest : find(at.key, nearest, total, keyAt);
  const isLost = found === null;
  const active = found ?? nearest;
  const acting = columns.filter((column) => column.act !== undefined);
  const activeCell: Column<Row, Sort> | undefined = acting.find((column) => column.key === cell);

  // What was opened from elsewhere is where the keyboard comes to, once it is among the rows that are here.
  const { selected } = props;
  const followed = useRef<string | number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when it is opened and when other rows are here, not at every drawing
  useEffect(() => {
    if (selected === null) followed.current = null;
    if (selected === null || followed.current === selected) return;
    const index = find(selected, nearest, total, keyAt);
    if (index === null) return;
    followed.current = selected;
    setAt({ index, key: selected });
    props.reveal(index);
  }, [selected, total]);

  const take = (index: number) => setAt({ index, key: keyAt(index) });
  const stretch = (to: number, extend: boolean) => {
    if (extend && selection !== undefined) {
      const from = anchor ?? active;
      setAnchor(from);
      selection.extend(from, to);
    } else setAnchor(null);
  };
  const move = (to: number, extend: boolean) => {
    const next = Math.max(0, Math.min(total - 1, to));
    stretch(next, extend);
    take(next);
    props.reveal(next);
  };
  const place = (index: number, extend: boolean) => {
    stretch(index, extend);
    take(index);
  };
  const sideways = (by: 1 | -1) => {
    const next = acting.findIndex((column) => column.key === cell) + by;
    setCell(next < 0 ? null : (acting[Math.min(next, acting.length - 1)]?.key ?? null));
  };
  /** Coming here is taking the row that is shown. */
  const onFocus = (event: { target: EventTarget; currentTarget: EventTarget }) => {
    if (event.target !== event.currentTarget) return;
    if (props.late === true) setAt({ index: active, key: null });
    else if (at.key === null || isLost) take(active);
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
    const acts = event.key === " " || event.key === "Enter" || event.key === "Delete";
    if (step !== undefined) {
      done();
      move(step, event.shiftKey);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (acting.length === 0) return;
      done();
      sideways(event.key === "ArrowRight" ? 1 : -1);
    } else if (acts && event.repeat) {
      // A key held down says one thing once.
      done();
    } else if (acts && isLost && row !== undefined) {
      // The record the person was on is gone: the press was meant for it, not for the one that took its place.
      done();
      take(active);
    } else if (event.key === " ") {
      done();
      if (row === undefined) return;
      take(active);
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
    } else if (event.key === "Enter" && row !== undefined) {
      take(active);
      props.onOpen(row);
    }
  };

  return { active, isLost, activeCell: activeCell?.key ?? null, place, onFocus, onKeyDown };
}

/** Where a record stands now, looked for from where it stood last; null where it is not among the rows that are here. */
function find(
  key: string | number,
  near: number,
  total: number,
  keyAt: (index: number) => string | number | null,
): number | null {
  for (let away = 0; away < total; away += 1) {
    if (near + away < total && keyAt(near + away) === key) return near + away;
    if (near - away >= 0 && keyAt(near - away) === key) return near - away;
  }
  return null;
}
