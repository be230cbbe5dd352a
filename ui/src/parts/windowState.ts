import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

type Cell<Value> = { value: Value; listeners: Set<() => void> };
type Change<Value> = (change: (before: Value) => Value) => void;

/**
 * A value that outlives the screen it belongs to and ends with the window; `useChange`: only the way to change it, for
 * whoever shows nothing of it.
 */
export function windowState<Value>(initial: Value) {
  const cells = new WeakMap<QueryClient, Cell<Value>>();
  const cellOf = (client: QueryClient) => {
    const known = cells.get(client);
    if (known !== undefined) return known;
    const made: Cell<Value> = { value: initial, listeners: new Set() };
    cells.set(client, made);
    return made;
  };
  function useChange(): Change<Value> {
    const cell = cellOf(useQueryClient());
    return useCallback(
      (change: (before: Value) => Value) => {
        const next = change(cell.value);
        if (Object.is(next, cell.value)) return;
        cell.value = next;
        for (const listener of cell.listeners) listener();
      },
      [cell],
    );
  }
  function useWindowState(): [Value, Change<Value>] {
    const cell = cellOf(useQueryClient());
    const subscribe = useCallback(
      (listener: () => void) => {
        cell.listeners.add(listener);
        return () => cell.listeners.delete(listener);
      },
      [cell],
    );
    const change = useChange();
    return [useSyncExternalStore(subscribe, () => cell.value), change];
  }
  return Object.assign(useWindowState, { useChange });
}
