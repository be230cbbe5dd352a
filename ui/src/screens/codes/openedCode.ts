import type { CodeRow } from "../../core/bindings/CodeRow";
import { listCodes } from "../../core/bindings/commands";
import { useRead } from "../../core/useRead";
import { windowState } from "../../parts/windowState";

/** Milliseconds between looks at the core's memory: codes end by themselves. */
export const CLOCK = 15_000;
/** The most rows the core gives at once. */
export const MOST = 500;

/** The code that was opened last, as it was then: what to look for, and what to show once it is gone. */
export const useOpenedCode = windowState<CodeRow | null>(null);

/** A code as the core knows it now, wherever in the list it stands. */
export function useCodeRow(server: string, key: string | undefined, loadedAt: number) {
  const [opened] = useOpenedCode();
  const last = opened !== null && opened.key === key ? opened : null;
  const read = useRead(
    listCodes,
    { server, filter: "all", search: last?.code ?? last?.title ?? "", offset: 0, limit: MOST },
    { enabled: key !== undefined, after: loadedAt, every: CLOCK, keepPrevious: true },
  );
  const now = read.data?.rows.find((row) => row.key === key);
  return { row: now ?? last, isGone: read.isSuccess && !read.isPlaceholderData && now === undefined };
}
