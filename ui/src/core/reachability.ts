import { useCallback, useSyncExternalStore } from "react";
import type { CommandError } from "./bindings/CommandError";

/** When each server was last asked in vain: what it had said before no longer counts as the present. */
export type Reachability = {
  /** What failed, and the request: one of a server that was not reached is remembered. */
  failed: (request: unknown, error: CommandError) => void;
  /** In milliseconds; null where everything that was asked was answered. */
  lostAt: (server: string) => number | null;
  subscribe: (listener: () => void) => () => void;
};

export function createReachability(): Reachability {
  const lost = new Map<string, number>();
  const listeners = new Set<() => void>();
  return {
    failed: (request, error) => {
      const server = serverOf(request);
      if (server === null || !isUnreachable(error)) return;
      lost.set(server, Date.now());
      for (const listener of listeners) listener();
    },
    lostAt: (server) => lost.get(server) ?? null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Nothing came back that can be taken for the server's word. */
function isUnreachable({ code }: CommandError): boolean {
  return code === "never_reached" || code === "no_answer" || code === "certificate_untrusted";
}

function serverOf(request: unknown): string | null {
  if (typeof request !== "object" || request === null || !("server" in request)) return null;
  return typeof request.server === "string" ? request.server : null;
}

export function useLost(reachability: Reachability, server: string): number | null {
  const at = useCallback(() => reachability.lostAt(server), [reachability, server]);
  return useSyncExternalStore(reachability.subscribe, at);
}
