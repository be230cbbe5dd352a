import { type MouseEvent, memo } from "react";
import type { Column, Selection } from "./Grid";
import styles from "./Grid.module.css";
import { cellClass, classes } from "./GridHeading";

export type GridRowProps<Row, Sort extends string> = {
  /** The grid's. */
  id: string;
  index: number;
  start: number;
  row: Row | undefined;
  name: string | undefined;
  columns: readonly Column<Row, Sort>[];
  selection: Selection<Row> | undefined;
  isOpen: boolean;
  isPicked: boolean;
  isActive: boolean;
  /** The cell the keyboard is on, where that is in this row. */
  activeCell: string | null;
  /** Columns that are told on a second line bring their titles. */
  isTall: boolean;
  onClick: (event: MouseEvent, index: number) => void;
};

function OneRow<Row, Sort extends string>(props: GridRowProps<Row, Sort>) {
  const { id, index, row, columns, selection, isOpen, isPicked, isActive, isTall } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself hears the keys
    <div
      id={`${id}-${index}`}
      role="row"
      tabIndex={-1}
      aria-label={props.name}
      aria-rowindex={index + 2}
      aria-selected={selection === undefined ? isOpen : isPicked}
      aria-current={(selection !== undefined && isOpen) || undefined}
      className={classes(
        styles.row,
        isOpen && styles.open,
        isPicked && styles.picked,
        isActive && styles.active,
      )}
      style={{ transform: `translateY(${props.start}px)` }}
      onClick={(event) => props.onClick(event, index)}
    >
      {selection !== undefined && (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names the cell that is meant
        <div role="gridcell" className={styles.pick}>
          {row !== undefined && <Pick row={row} isPicked={isPicked} selection={selection} />}
        </div>
      )}
      {columns.map((column) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={column.key}
          id={column.key === props.activeCell ? `${id}-${index}-${column.key}` : undefined}
          role="gridcell"
          className={cellClass(column, column.key === props.activeCell)}
        >
          {isTall && column.spare === "below" && row !== undefined && `${column.title}: `}
          {row === undefined ? null : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A row, drawn anew only when it changes: a list that scrolls keeps most of its rows. */
export const GridRow = memo(OneRow) as typeof OneRow;

type PickProps<Row> = { row: Row; isPicked: boolean; selection: Selection<Row> };

/** The box in front of a row. The keyboard has Space for it. */
function Pick<Row>({ row, isPicked, selection }: PickProps<Row>) {
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={selection.label(row)}
      checked={isPicked}
      onChange={(event) => {
        selection.toggle(row);
        event.currentTarget.closest<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
      }}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
