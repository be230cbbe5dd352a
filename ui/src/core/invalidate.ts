import type { QueryClient } from "@tanstack/react-query";

/** Everything shown that provides one of these tags is asked for anew. */
export function invalidate(queryClient: QueryClient, tags: readonly string[]): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: (query) => tags.some((tag) => query.meta?.tags.includes(tag)),
  });
}
