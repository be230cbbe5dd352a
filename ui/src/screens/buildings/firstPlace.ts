import type { ListFlats } from "../../core/bindings/ListFlats";
import { WINDOW_ROWS } from "../../core/windowRows";

/** The flats of an intercom as its list shows them first. */
export function firstFlats(server: string, intercom: number): ListFlats {
  return {
    server,
    intercom,
    filter: "",
    sort: "number",
    descending: false,
    offset: 0,
    limit: WINDOW_ROWS,
  };
}
