import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

type Cell<Value> = { value: Value; listeners: Set<() => void> };

/** A value that outlives the screen it belongs to and ends with the window. */
export function windowState<Value>(initial: Value) {
  const cells = new WeakMap<QueryClient, Cell<Value>>();
  const cellOf = (client: QueryClient) => {
    const known = cells.get(client);
    if (known !== undefined) return known;
    const made: Cell<Value> = { value: initial, listeners: new Set() };
    cells.set(client, made);
    return made;
  };
  return function useWindowState(): [Value, (change: (before: Value) => Value) => void] {
    const cell = cellOf(useQueryClient());
    const subscribe = useCallback(
      (listener: () => void) => {
        cell.listeners.add(listener);
        return () => cell.listeners.delete(listener);
      },
      [cell],
    );
    const set = useCallback(
      (change: (before: Value) => Value) => {
        cell.value = change(cell.value);
        for (const listener of cell.listeners) listener();
      },
      [cell],
    );
    return [useSyncExternalStore(subscribe, () => cell.value), set];
  };
}
