import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import styles from "./Grid.module.css";

export type Column<Row, Sort extends string = never> = {
  key: string;
  title: string;
  /** A CSS grid track. */
  width: string;
  cell: (row: Row) => ReactNode;
  end?: boolean;
  /** Left out where the window is narrow. */
  spare?: boolean;
  sort?: Sort;
};

export type GridHandle = { focus: () => void };

type GridProps<Row, Sort extends string> = {
  label: string;
  columns: readonly Column<Row, Sort>[];
  total: number;
  rowAt: (index: number) => Row | undefined;
  rowName: (row: Row) => string;
  rowKey: (row: Row) => string | number;
  selected: string | number | null;
  onOpen: (row: Row) => void;
  onVisible: (first: number, last: number) => void;
  /** The rows are about to change: Enter waits for them. */
  late?: boolean;
  sorting?: { by: Sort; descending: boolean; onSort: (by: Sort) => void };
  ref?: Ref<GridHandle>;
};

const ROW_HEIGHT = 36;
const PAGE_ROWS = 12;

/** A long list of which only the rows in sight exist. One tab stop; arrows move, Enter opens. */
export function Grid<Row, Sort extends string = never>(props: GridProps<Row, Sort>) {
  const { columns, total, rowAt, rowKey, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [at, setAt] = useState(0);
  const active = Math.min(at, Math.max(0, total - 1));
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onVisible(first, last), [first, last, onVisible]);
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }), []);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setAt(next);
    virtualizer.scrollToIndex(next);
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
    if (step !== undefined) {
      event.preventDefault();
      move(step);
    } else if (event.key === "Enter" && props.late !== true) {
      const row = rowAt(active);
      if (row !== undefined) props.onOpen(row);
    }
  };

  const tracks = {
    "--tracks": columns.map((column) => column.width).join(" "),
    "--tracks-narrow": columns
      .filter((column) => column.spare !== true)
      .map((column) => column.width)
      .join(" "),
  } as React.CSSProperties;
  return (
    <div
      ref={scroller}
      className={styles.grid}
      style={tracks}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-activedescendant={!items.some((item) => item.index === active) ? undefined : `${id}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} tabIndex={-1}>
          {columns.map((column) => (
            <Heading key={column.key} column={column} sorting={props.sorting} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself hears the keys
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="row"
              tabIndex={-1}
              aria-label={row === undefined ? undefined : props.rowName(row)}
              aria-rowindex={item.index + 2}
              aria-selected={row !== undefined && rowKey(row) === props.selected}
              className={`${styles.row} ${item.index === active ? styles.active : ""}`}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
                setAt(item.index);
                scroller.current?.focus({ preventScroll: true });
                if (row !== undefined) props.onOpen(row);
              }}
            >
              {columns.map((column) => (
                <div key={column.key} role="gridcell" tabIndex={-1} className={cellClass(column)}>
                  {row === undefined ? null : column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function cellClass(column: { end?: boolean; spare?: boolean }): string {
  return [styles.cell, column.end === true ? styles.end : "", column.spare === true ? styles.spare : ""].join(
    " ",
  );
}

function Heading<Row, Sort extends string>({
  column,
  sorting,
}: {
  column: Column<Row, Sort>;
  sorting: GridProps<Row, Sort>["sorting"];
}) {
  const sort = column.sort;
  const sorted = sort !== undefined && sorting?.by === sort;
  const direction = sorted ? (sorting.descending ? "descending" : "ascending") : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={direction}
      className={cellClass(column)}
      tabIndex={-1}
      title={column.title}
    >
      {sort === undefined || sorting === undefined ? (
        column.title
      ) : (
        <button type="button" className={styles.sort} onClick={() => sorting.onSort(sort)}>
          {column.title}
          {direction === "ascending" && <ArrowUp aria-hidden="true" size={12} />}
          {direction === "descending" && <ArrowDown aria-hidden="true" size={12} />}
        </button>
      )}
    </div>
  );
}
