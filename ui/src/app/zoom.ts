import { setPreferences } from "../core/bindings/commands";
import { useAppState } from "../core/useAppState";
import { useWrite } from "../core/useWrite";

const STEPS = [80, 90, 100, 110, 125, 150, 175, 200];
export const ZOOM_LEAST = 80;
export const ZOOM_MOST = 200;

/** The size of everything in the window. The core applies it; this only says which. */
export function useZoom() {
  const { preferences } = useAppState();
  const save = useWrite(setPreferences);
  const at = preferences.zoom;
  const set = (zoom: number) => {
    if (zoom !== at) void save.run({ ...preferences, zoom });
  };
  return {
    at,
    error: save.error,
    larger: () => set(STEPS.find((step) => step > at) ?? ZOOM_MOST),
    smaller: () => set(STEPS.findLast((step) => step < at) ?? ZOOM_LEAST),
    reset: () => set(100),
  };
}
