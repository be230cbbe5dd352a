import { replaceEqualDeep, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { CommandError } from "./bindings/CommandError";
import type { ReadCommand } from "./call";
import { useRead } from "./useRead";

type Known<Response> = {
  /** The server's answer: what it says of itself, its error, and the way to ask again. */
  load: UseQueryResult<Response, CommandError>;
  /** What is known: remembered at once, as the server says as soon as it has. */
  data: Response | undefined;
};

/**
 * What the core remembers of something, and what the server says of it. Every answer goes through the core's memory, so
 * what is remembered after it is what is known; while that is read anew, and where nothing is remembered, the answer is.
 */
export function useKnown<Request, Response>(
  ask: ReadCommand<Request, Response>,
  remember: ReadCommand<Request, Response | null>,
  request: Request,
): Known<Response> {
  const load = useRead(ask, request);
  const remembered = useRead(remember, request, { after: load.dataUpdatedAt });
  // Nothing remembered is an answer, too: whoever signed out hides what was seen.
  const answer = remembered.data === undefined ? load.data : (remembered.data ?? undefined);
  // What did not change stays the same object from answer to answer, so that it is not drawn anew.
  const before = useRef<Response>(undefined);
  const data = answer === undefined ? undefined : replaceEqualDeep(before.current, answer);
  useEffect(() => {
    before.current = data;
  });
  return { load, data };
}
