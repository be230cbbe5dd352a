import { ArrowDown, ArrowUp } from "lucide-react";
import type { Column, GridProps } from "./Grid";
import styles from "./Grid.module.css";

export function cellClass({ end, spare }: Pick<Column<never>, "end" | "spare">, isActive = false): string {
  return classes(
    styles.cell,
    end === true && styles.end,
    spare !== undefined && (spare === "below" ? styles.below : styles.spare),
    isActive && styles.activeCell,
  );
}

/** Those that are there, for `className`. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** A column's head: its name, the sort mark, and the button where the person can choose the order. */
export function GridHeading<Row, Sort extends string>({
  column,
  sorting,
}: {
  column: Column<Row, Sort>;
  sorting: GridProps<Row, Sort>["sorting"];
}) {
  const sort = column.sort;
  const chosen = sort !== undefined && sorting?.by === sort;
  const direction =
    column.sorted ?? (chosen ? (sorting.descending ? ("descending" as const) : "ascending") : undefined);
  const mark = (
    <>
      {direction === "ascending" && <ArrowUp aria-hidden="true" size={12} />}
      {direction === "descending" && <ArrowDown aria-hidden="true" size={12} />}
    </>
  );
  return (
    <div
      role="columnheader"
      aria-sort={direction}
      className={cellClass(column)}
      tabIndex={-1}
      title={column.why ?? column.title}
    >
      {sort === undefined || sorting === undefined ? (
        <span className={styles.sorted}>
          {column.title}
          {mark}
        </span>
      ) : (
        <button type="button" className={styles.sort} onClick={() => sorting.onSort(sort)}>
          {column.title}
          {mark}
        </button>
      )}
    </div>
  );
}
