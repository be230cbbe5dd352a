import type { QueryClient } from "@tanstack/react-query";
import { appState, listFlats, listIntercoms } from "../core/bindings/commands";
import type { FirstSight } from "../core/bindings/FirstSight";
import { query } from "../core/useRead";
import { firstFlats } from "../screens/buildings/firstPlace";
import type { Opening } from "./opening";
import { createRoutes, type Router } from "./routes";

/**
 * The way through the window, once what it leads to first is at hand. So frame, intercoms and flats are drawn at once: one
 * after the other, each waits for the one before to be painted.
 */
export async function wayIn(queryClient: QueryClient, opening: Opening): Promise<Router> {
  const router = createRoutes();
  const sight = await opening;
  if (sight !== null) {
    const { pathname } = router.history.location;
    queryClient.setQueryData(query(appState, null).queryKey, sight.state);
    if (pathname === "/" || pathname === "/buildings") takeIn(queryClient, sight);
    if (pathname === "/" && sight.state.active !== null) router.history.replace("/buildings");
  }
  await router.load();
  return router;
}

/** What the screen with the buildings will ask for is known when it is drawn. */
function takeIn(queryClient: QueryClient, { state: { active: server }, buildings }: FirstSight) {
  if (server === null || buildings === null) return;
  queryClient.setQueryData(query(listIntercoms, { server }, 0).queryKey, buildings.intercoms);
  if (buildings.open === null || buildings.flats === null) return;
  const list = firstFlats(server, buildings.open);
  queryClient.setQueryData(query(listFlats, list, 0).queryKey, buildings.flats);
}
