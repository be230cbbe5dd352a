import { Fragment } from "react";
import type { FoundField } from "../../core/bindings/FoundField";
import type { FoundMark } from "../../core/bindings/FoundMark";
import { isolated, oneLine } from "../../parts/oneLine";
import styles from "./Search.module.css";

/** A server's text, cut where the place is narrow, with what of it was found made to stand out. */
export function Marked({
  text,
  field,
  marks,
  look,
}: {
  text: string;
  field: FoundField;
  marks: readonly FoundMark[];
  look: "main" | "more" | "key";
}) {
  return (
    <bdi className={`${styles.cut} ${styles[look]}`} title={isolated(text)}>
      {stretches(
        text,
        marks.filter((mark) => mark.field === field),
      ).map(({ from, part, isFound }) =>
        isFound ? <mark key={from}>{oneLine(part)}</mark> : <Fragment key={from}>{oneLine(part)}</Fragment>,
      )}
    </bdi>
  );
}

type Stretch = { from: number; part: string; isFound: boolean };

/** The text cut at the marks; what lies outside of it, or over another mark, is let go. */
export function stretches(text: string, marks: readonly { from: number; to: number }[]): Stretch[] {
  const found: Stretch[] = [];
  const add = (from: number, to: number, isFound: boolean) => {
    if (to > from) found.push({ from, part: text.slice(from, to), isFound });
  };
  let at = 0;
  for (const { from, to } of marks.toSorted((one, other) => one.from - other.from)) {
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    if (end <= start) continue;
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, text.length, false);
  return found;
}
