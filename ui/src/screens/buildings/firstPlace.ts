import type { ListFlats } from "../../core/bindings/ListFlats";
import { WINDOW_ROWS } from "../../core/windowRows";

/** How the flats of an intercom are listed first. */
export const FIRST_ORDER = { sort: "number", descending: false, limit: WINDOW_ROWS } as const;

/** The flats of an intercom as its list shows them first. */
export function firstFlats(server: string, intercom: number): ListFlats {
  return { server, intercom, filter: "", offset: 0, ...FIRST_ORDER };
}
