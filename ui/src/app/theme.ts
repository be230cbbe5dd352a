import { useInsertionEffect } from "react";
import type { Preferences } from "../core/bindings/Preferences";

/** Follows the system unless told otherwise. */
export function useTheme(theme: Preferences["theme"]) {
  // Before anything is measured, which would be for nothing.
  useInsertionEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
