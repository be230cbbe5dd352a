import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AccountKind } from "../core/bindings/AccountKind";
import type { ServerView } from "../core/bindings/ServerView";
import { invalidate } from "../core/invalidate";
import { useNow } from "../core/now";
import { useAppState } from "../core/useAppState";
import { instant } from "../i18n/time";

/** How long before its end a sign-in is spoken of, in milliseconds. */
const SOON = 10 * 60_000;
/** The longest a timer of the window can wait. */
const LONGEST = 2 ** 31 - 1;

export type Expiry = { server: ServerView; account: Extract<AccountKind, "admin" | "client">; ends: number };

/**
 * The sign-ins of this server that end soon. At the instant one ends, the application's state is read anew: the core
 * knows what has become of it. A remembered one renews itself, so nothing is said of it.
 */
export function useExpiries(active: ServerView | null): Expiry[] {
  const queryClient = useQueryClient();
  const now = useNow();
  const { servers } = useAppState();
  const next = Math.min(
    ...servers
      .flatMap(endsOf)
      .map(({ ends }) => ends)
      .filter((ends) => ends > now),
  );
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    const wait = next - Date.now();
    if (wait > LONGEST) return;
    const timer = setTimeout(() => void invalidate(queryClient, ["app"]), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [next, queryClient]);
  if (active === null) return [];
  return endsOf(active).filter(
    ({ server, account, ends }) => server[account]?.remembered === false && ends > now && ends - now <= SOON,
  );
}

function endsOf(server: ServerView): Expiry[] {
  return (["admin", "client"] as const).flatMap((account) => {
    const view = server[account];
    const ends = view?.state === "signed_in" ? instant(view.expiresAt) : null;
    return ends === null ? [] : [{ server, account, ends }];
  });
}
