import type { Query, QueryClient } from "@tanstack/react-query";
import type { CoreEvent } from "./bindings/CoreEvent";

/** Everything shown that provides one of these tags is asked for anew. */
export function invalidate(queryClient: QueryClient, tags: readonly string[]): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: (query) => tags.some((tag) => query.meta?.tags.includes(tag)),
  });
}

type Filled = Extract<CoreEvent, { kind: "filled" }>;

/** What shows an intercom from the core's memory is looked up anew: nothing is asked of its server. */
export function lookUpAgain(queryClient: QueryClient, { server, intercom, tags }: Filled): Promise<void> {
  const isOf = (query: Query) => {
    const request = (query.queryKey[1] ?? {}) as { server?: unknown; intercom?: unknown };
    // What is not about one server or intercom is about all of them.
    const isOfServer = request.server === undefined || request.server === server;
    return (
      isOfServer && (intercom === null || request.intercom === undefined || request.intercom === intercom)
    );
  };
  return queryClient.invalidateQueries({
    predicate: (query) => isOf(query) && tags.some((tag) => query.meta?.tags.includes(tag)),
  });
}
