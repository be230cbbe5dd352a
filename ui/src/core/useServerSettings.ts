import { useMemo } from "react";
import { setServer } from "./bindings/commands";
import type { ServerView } from "./bindings/ServerView";
import type { SetServer } from "./bindings/SetServer";
import { useSavedWhole } from "./useSavedWhole";

function settingsOf({ id, name, zoneMinutes, dateForm, clientName }: ServerView): SetServer {
  return { server: id, name, zoneMinutes, dateForm, clientName };
}

/** What the person says about a server, saved as a whole and changed in parts. */
export function useServerSettings(server: ServerView) {
  const current = useMemo(() => settingsOf(server), [server]);
  return useSavedWhole({ name: `server ${server.id}`, command: setServer, current, read: settingsOf });
}
