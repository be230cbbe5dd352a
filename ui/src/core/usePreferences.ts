import { useEffect, useRef } from "react";
import { setPreferences } from "./bindings/commands";
import type { Preferences } from "./bindings/Preferences";
import { useAppState } from "./useAppState";
import { useWrite } from "./useWrite";

/**
 * The preferences and the way to change some of them; each applies at once. They are saved as a whole, so what is
 * changed while a save is on its way waits for it instead of getting lost.
 */
export function usePreferences() {
  const { preferences } = useAppState();
  const save = useWrite(setPreferences);
  const latest = useRef(preferences);
  const waiting = useRef<Partial<Preferences> | null>(null);
  const going = useRef<Preferences | null>(null);
  useEffect(() => {
    latest.current = preferences;
  }, [preferences]);

  const change = async (changed: Partial<Preferences>) => {
    waiting.current = { ...waiting.current, ...changed };
    if (going.current !== null) return;
    while (waiting.current !== null) {
      const next: Preferences = { ...latest.current, ...waiting.current };
      waiting.current = null;
      going.current = next;
      const saved = await save.run(next);
      if (saved.done) latest.current = saved.answer.preferences;
    }
    going.current = null;
  };
  return {
    preferences,
    /** The preferences as they will be once everything is saved. */
    soon: (): Preferences => ({ ...(going.current ?? latest.current), ...waiting.current }),
    change: (changed: Partial<Preferences>) => void change(changed),
    error: save.error,
  };
}
