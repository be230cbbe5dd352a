import { setPreferences } from "../../core/bindings/commands";
import type { Preferences } from "../../core/bindings/Preferences";
import { useAppState } from "../../core/useAppState";
import { useWrite } from "../../core/useWrite";

/** The preferences and the way to change one of them; each applies at once. */
export function usePreferences() {
  const { preferences } = useAppState();
  const save = useWrite(setPreferences);
  return {
    preferences,
    change: (change: Partial<Preferences>) => void save.run({ ...preferences, ...change }),
    error: save.error,
    saved: save.done,
  };
}
