import {
  keepPreviousData,
  queryOptions,
  type UseQueryResult,
  useQueries,
  useQuery,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { CommandError } from "./bindings/CommandError";
import type { ReadCommand } from "./call";
import { painted } from "./firstPaint";
import { WINDOW_ROWS } from "./windowRows";

type ReadOptions = {
  /** False: not asked yet. */
  enabled?: boolean;
  /** When this changes the answer is asked for anew: for reads of the core's memory that follow a load. */
  after?: number;
  /** Milliseconds between repetitions, for answers that change with the clock. */
  every?: number;
  /** Keep showing the previous answer while the next one is on its way. */
  keepPrevious?: boolean;
};

/** One read of the core. Its key is the command and the request, its freshness the tags declared in the core. */
export function useRead<Request, Response>(
  command: ReadCommand<Request, Response>,
  request: Request,
  options: ReadOptions = {},
): UseQueryResult<Response, CommandError> {
  return useQuery<Response, CommandError>({
    ...query(command, request, options.after),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

/** What is visible, for `useWindows`: what was, where that lies in the same windows, so that nothing is drawn anew for it. */
export function sameWindows(
  before: { first: number; last: number },
  now: { first: number; last: number },
): { first: number; last: number } {
  const place = (index: number) => Math.floor(index / WINDOW_ROWS);
  const isSame = place(before.first) === place(now.first) && place(before.last) === place(now.last);
  return isSame ? before : now;
}

type Window = { total: number; offset: number; rows: unknown[] };
type Place = { offset: number; limit: number };
export type Windows<Response extends Window> = {
  total: number;
  rowAt: (index: number) => Response["rows"][number] | undefined;
  /** Any of the answers, for what they carry besides rows. */
  some: Response | undefined;
  /** The rows still answer the question before: nothing may be done with them blindly. */
  late: boolean;
  error: CommandError | null;
};

/** A long list held as the windows that are on screen, never as a whole. */
export function useWindows<Request extends Place, Response extends Window>(
  command: ReadCommand<Request, Response>,
  request: Omit<Request, keyof Place>,
  visible: { first: number; last: number },
  options: ReadOptions = {},
): Windows<Response> {
  const firstWindow = Math.floor(visible.first / WINDOW_ROWS);
  const lastWindow = Math.max(firstWindow, Math.floor(visible.last / WINDOW_ROWS));
  const offsets = Array.from(
    { length: lastWindow - firstWindow + 1 },
    (_, index) => (firstWindow + index) * WINDOW_ROWS,
  );
  const results = useQueries({
    queries: offsets.map((offset) =>
      queryOptions<Response, CommandError>({
        ...query(command, { ...request, offset, limit: WINDOW_ROWS } as Request, options.after),
        enabled: options.enabled ?? true,
        refetchInterval: options.every ?? false,
      }),
    ),
  });
  const answered = results.flatMap((result) => (result.data === undefined ? [] : [result.data]));
  // While another question is on its way the previous answer stays, so that nothing jumps or loses its place.
  const previous = useRef(answered);
  const windows = answered.length === 0 ? previous.current : answered;
  useEffect(() => {
    previous.current = windows;
  });
  return {
    total: windows[0]?.total ?? 0,
    rowAt: (index) => {
      const window = windows.find((each) => index >= each.offset && index < each.offset + each.rows.length);
      return window?.rows[index - window.offset];
    },
    some: windows[0],
    late: answered.length === 0,
    error: results.find((result) => result.error !== null)?.error ?? null,
  };
}

/** What a read is to the query client: its key, how it is asked, its tags. */
export function query<Request, Response>(
  command: ReadCommand<Request, Response>,
  request: Request,
  after?: number,
) {
  return {
    queryKey: after === undefined ? [command.name, request] : [command.name, request, after],
    queryFn: async () => {
      await painted();
      return command.run(request);
    },
    meta: { tags: command.tags },
  };
}
