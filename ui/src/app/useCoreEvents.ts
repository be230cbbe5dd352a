import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { onCoreEvent } from "../core/events";
import { invalidate, lookUpAgain } from "../core/invalidate";
import { useShortcuts } from "./shortcuts";

/** What the core tells by itself: the menu's choices, what changed, and that the person wants to close the window. */
export function useCoreEvents(): { closeAsked: boolean; stay: () => void } {
  const queryClient = useQueryClient();
  const shortcuts = useShortcuts();
  const [closeAsked, setCloseAsked] = useState(false);
  useEffect(
    () =>
      onCoreEvent((event) => {
        if (event.kind === "menu") shortcuts.menu(event.item);
        else if (event.kind === "changed") void invalidate(queryClient, event.tags);
        else if (event.kind === "filled") void lookUpAgain(queryClient, event);
        else setCloseAsked(true);
      }),
    [queryClient, shortcuts],
  );
  return { closeAsked, stay: () => setCloseAsked(false) };
}
