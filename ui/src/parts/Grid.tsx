import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type MouseEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useIsReleased } from "../core/firstPaint";
import { useLatest } from "../core/useLatest";
import { useTexts } from "../i18n/texts";
import styles from "./Grid.module.css";
import { GridHeading } from "./GridHeading";
import { GridRow } from "./GridRow";
import { useGridKeys } from "./gridKeys";
import { useKeptInSight } from "./useKeptInSight";

export type Column<Row, Sort extends string = never> = {
  key: string;
  title: string;
  /** A CSS grid track. */
  width: string;
  cell: (row: Row) => ReactNode;
  /** What Space does in this cell; the left and right arrows reach it. */
  act?: (row: Row) => void;
  end?: boolean;
  /** Left out where the window is narrow, as what is opened tells it; or told on a second line of the row. */
  spare?: true | "below";
  sort?: Sort;
  /** The order everything is in, where the person cannot choose it. */
  sorted?: "ascending" | "descending";
  /** What there is to know about the column, in place of its name alone. */
  why?: string;
};

/** Rows a person has picked to do something with all of them at once. */
export type Selection<Row> = {
  any: boolean;
  has: (row: Row) => boolean;
  label: (row: Row) => string;
  toggle: (row: Row) => void;
  /** The rows between two places, both included. */
  extend: (from: number, to: number) => void;
  all: () => void;
  clear: () => void;
};

export type GridHandle<Row = unknown> = {
  focus: () => void;
  /** The row the keyboard is on, while it is in the grid. */
  active: () => Row | undefined;
};

export type GridProps<Row, Sort extends string> = {
  label: string;
  columns: readonly Column<Row, Sort>[];
  total: number;
  rowAt: (index: number) => Row | undefined;
  rowName: (row: Row) => string;
  rowKey: (row: Row) => string | number;
  selected: string | number | null;
  onOpen: (row: Row) => void;
  onVisible: (first: number, last: number) => void;
  /** The rows are about to change: keys that do something wait for them. */
  late?: boolean;
  sorting?: { by: Sort; descending: boolean; onSort: (by: Sort) => void };
  /** The columns are many: the spare ones go earlier. */
  crowded?: boolean;
  selection?: Selection<Row>;
  onDelete?: () => void;
  /** When the search led here: the list takes the focus, unless something more to the point has. */
  found?: number | undefined;
  ref?: Ref<GridHandle<Row>>;
};

const ROW_HEIGHT = 36;
const TALL_ROW_HEIGHT = 56;
/** Rows that are there above and below those in sight. */
const ROWS_AROUND = 8;
/** Pixels of the window that no list has: the bar at its top and the line at its bottom (Frame.module.css), and the list’s own head. */
const LEAST_AROUND = 56 + 32 + ROW_HEIGHT;
const PICK = "28px";
/** Widths in pixels below which the spare columns go. */
const NARROW = 680;
const NARROW_CROWDED = 940;

/** A long list of which only the rows in sight exist. One tab stop; arrows move, Enter opens, Space acts or picks. */
export function Grid<Row, Sort extends string = never>(props: GridProps<Row, Sort>) {
  const { columns, total, rowAt, rowKey, onVisible, selection } = props;
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  // What is in sight comes first.
  const isReleased = useIsReleased();
  // Measured here: container queries of the web view count physical pixels when everything is enlarged.
  const isNarrow = useIsNarrow(scroller, props.crowded === true ? NARROW_CROWDED : NARROW);
  const isTall = isNarrow && columns.some(({ spare }) => spare === "below");
  const rowHeight = isTall ? TALL_ROW_HEIGHT : ROW_HEIGHT;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: isReleased ? ROWS_AROUND : 0,
    // Until the list was measured: what fits it at most, so that its rows are there when it is drawn first.
    initialRect: { width: 0, height: window.innerHeight - LEAST_AROUND },
    // The list's own head covers as much as it moves the rows down.
    scrollPaddingEnd: ROW_HEIGHT,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are laid out anew
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const keys = useGridKeys({ ...props, reveal: (index) => virtualizer.scrollToIndex(index) });
  const { active, activeCell, isLost } = keys;
  useKeptInSight(virtualizer, { active, rowHeight, head: ROW_HEIGHT });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onVisible(first, last), [first, last, onVisible]);
  const { found } = props;
  const hasRows = total > 0;
  useEffect(() => {
    const at = document.activeElement;
    if (found !== undefined && hasRows && (at === null || at === document.body || at.tagName === "MAIN"))
      scroller.current?.focus({ preventScroll: true });
  }, [found, hasRows]);
  useImperativeHandle(props.ref, () => ({
    focus: () => scroller.current?.focus(),
    active: () => (document.activeElement === scroller.current && !isLost ? rowAt(active) : undefined),
  }));

  const width = (each: readonly Column<Row, Sort>[]) =>
    [...(selection === undefined ? [] : [PICK]), ...each.map((column) => column.width)].join(" ");
  const tracks = {
    "--tracks": width(columns),
    "--tracks-narrow": width(columns.filter((column) => column.spare === undefined)),
  } as React.CSSProperties;
  const activeId = activeCell === null ? `${id}-${active}` : `${id}-${active}-${activeCell}`;
  const onClick = useLatest((event: MouseEvent, index: number) => {
    const row = rowAt(index);
    keys.place(index, event.shiftKey);
    scroller.current?.focus({ preventScroll: true });
    if (row === undefined || (selection !== undefined && event.shiftKey)) return;
    if (selection !== undefined && (event.ctrlKey || event.metaKey)) selection.toggle(row);
    else props.onOpen(row);
  });
  return (
    <div
      ref={scroller}
      className={`${styles.grid} ${isNarrow ? styles.narrow : ""} ${isTall ? styles.tall : ""}`}
      style={tracks}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-multiselectable={selection !== undefined || undefined}
      aria-activedescendant={items.some((item) => item.index === active) ? activeId : undefined}
      tabIndex={0}
      onFocus={keys.onFocus}
      onKeyDown={keys.onKeyDown}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} tabIndex={-1}>
          {selection !== undefined && (
            <div role="columnheader" tabIndex={-1} className={styles.pick}>
              <span className="visually-hidden">{t("common.selection")}</span>
            </div>
          )}
          {columns.map((column) => (
            <GridHeading key={column.key} column={column} sorting={props.sorting} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          const isActive = item.index === active;
          return (
            <GridRow
              key={item.key}
              id={id}
              index={item.index}
              start={item.start}
              row={row}
              name={row === undefined ? undefined : props.rowName(row)}
              columns={columns}
              selection={selection}
              isOpen={row !== undefined && rowKey(row) === props.selected}
              isPicked={row !== undefined && selection?.has(row) === true}
              isActive={isActive}
              activeCell={isActive ? activeCell : null}
              isTall={isTall}
              onClick={onClick}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Whether an element is at most so wide, in pixels of the page; not before it is there. */
function useIsNarrow(element: RefObject<HTMLElement | null>, most: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const measure = () => setNarrow(measured.clientWidth > 0 && measured.clientWidth <= most);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element, most]);
  return isNarrow;
}
