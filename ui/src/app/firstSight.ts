import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { appState, listFlats, listIntercoms } from "../core/bindings/commands";
import { query } from "../core/useRead";
import { firstFlats } from "../screens/buildings/firstPlace";
import { createRoutes, type Router } from "./routes";

/**
 * The way through the window; null until what it leads to first is at hand. So frame, intercoms and flats are drawn at once:
 * one after the other, each waits for the one before to be painted.
 */
export function useFirstSight(): Router | null {
  const queryClient = useQueryClient();
  const [opening] = useState(() => open(queryClient));
  const [router, setRouter] = useState<Router | null>(null);
  useEffect(() => {
    void opening.then(setRouter);
  }, [opening]);
  return router;
}

async function open(queryClient: QueryClient): Promise<Router> {
  const router = createRoutes();
  // Whoever shows what failed asks again and says so.
  const isConnected = await lookUp(queryClient, router.history.location).catch(() => false);
  if (isConnected && router.history.location.pathname === "/") router.history.replace("/buildings");
  await router.load();
  return router;
}

/** Asks for what is shown first, so that it is known when it is drawn. Answers whether there is a server to show. */
async function lookUp(queryClient: QueryClient, at: Router["history"]["location"]): Promise<boolean> {
  const { active, servers } = await queryClient.fetchQuery(query(appState, null));
  const server = servers.find(({ id }) => id === active);
  if (server === undefined) return false;
  if (at.pathname === "/" || at.pathname === "/buildings") {
    const { intercoms, first } = await queryClient.fetchQuery(query(listIntercoms, { server: server.id }, 0));
    const named = Number(new URLSearchParams(at.search).get("intercom"));
    const intercom = intercoms.some(({ id }) => id === named) ? named : first;
    if (intercom !== null) {
      await queryClient.prefetchQuery(query(listFlats, firstFlats(server.id, intercom), 0));
    }
  }
  return true;
}
