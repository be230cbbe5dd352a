// What the page does before anything else. Everything it imports is read before the core is asked: nothing but that belongs here.

import { firstSight } from "../core/bindings/commands";
import type { FirstSight } from "../core/bindings/FirstSight";
import { FIRST_ORDER } from "../screens/buildings/firstPlace";

/** What the window shows first; null where the core could not say, so that whoever shows it asks again. */
export type Opening = Promise<FirstSight | null>;

/** Asks the core for what the window shows first, at the address it opens at. */
export function askForFirstSight(): Opening {
  return firstSight.run({ intercom: intercomOf(location.hash), ...FIRST_ORDER }).catch(() => null);
}

/** The intercom an address names: `#/buildings?intercom=21`. */
export function intercomOf(hash: string): number | null {
  const id = new URLSearchParams(hash.slice(hash.indexOf("?") + 1)).get("intercom");
  return id !== null && /^\d{1,15}$/u.test(id) ? Number(id) : null;
}
