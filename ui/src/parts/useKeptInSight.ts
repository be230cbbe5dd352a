import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";

/** Rows of a list: `active` is the one the keyboard is at, `head` the height of what covers the list's top. */
type Rows = { active: number; rowHeight: number; head: number };

/** Keeps the row in sight that the keyboard is at, if it was, when the list becomes lower or its rows higher, as beside a pane that opens. */
export function useKeptInSight(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  { active, rowHeight, head }: Rows,
) {
  const room = virtualizer.scrollRect?.height ?? 0;
  const top = virtualizer.scrollOffset ?? 0;
  const start = active * rowHeight;
  // What the library tells is rounded.
  const isInSight = start >= top - 1 && start + rowHeight <= top + room - head + 1;
  const wasInSight = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when the list or its rows have another height, not when somebody scrolls
  useLayoutEffect(() => {
    if (wasInSight.current && !isInSight) virtualizer.scrollToIndex(active);
  }, [room, rowHeight]);
  useLayoutEffect(() => {
    wasInSight.current = isInSight;
  });
}
