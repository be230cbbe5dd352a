import { usePreferences } from "../core/usePreferences";

/** As the shell steps for the menu. */
const STEPS = [80, 90, 100, 110, 125, 150, 175, 200];
export const ZOOM_LEAST = 80;
export const ZOOM_MOST = 200;

/** The size of everything in the window. The core applies it; this only says which. */
export function useZoom() {
  const { preferences, soon, change, error } = usePreferences();
  const set = (next: (at: number) => number) => {
    const at = soon().zoom;
    const zoom = next(at);
    if (zoom !== at) change({ zoom });
  };
  return {
    at: preferences.zoom,
    error,
    larger: () => set((at) => STEPS.find((step) => step > at) ?? ZOOM_MOST),
    smaller: () => set((at) => STEPS.findLast((step) => step < at) ?? ZOOM_LEAST),
    reset: () => set(() => 100),
  };
}
