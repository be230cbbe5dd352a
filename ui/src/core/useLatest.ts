import { useCallback, useLayoutEffect, useRef } from "react";

/** The same function at every render, which does what the latest one does: for rows that are drawn anew only when they change. */
export function useLatest<Args extends unknown[], Answer>(
  does: (...args: Args) => Answer,
): (...args: Args) => Answer {
  const latest = useRef(does);
  useLayoutEffect(() => {
    latest.current = does;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
