import { setPreferences } from "./bindings/commands";
import { useAppState } from "./useAppState";
import { useSavedWhole } from "./useSavedWhole";

/** The preferences and the way to change some of them; each applies at once, whoever in the window changes them. */
export function usePreferences() {
  const { preferences } = useAppState();
  const { soon, change, error } = useSavedWhole({
    name: "preferences",
    command: setPreferences,
    current: preferences,
    read: (answer) => answer.preferences,
  });
  return { preferences, soon, change, error };
}
