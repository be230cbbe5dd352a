import type { IntercomRow } from "../../core/bindings/IntercomRow";
import type { ListFlats } from "../../core/bindings/ListFlats";
import type { ServerView } from "../../core/bindings/ServerView";
import { WINDOW_ROWS } from "../../core/useRead";

/** The intercom that is open where nobody has chosen one yet: the one chosen last, if it is still there. */
export function firstIntercom(server: ServerView, intercoms: readonly IntercomRow[]): number | undefined {
  const before = intercoms.find(({ id }) => id === server.lastIntercom);
  return (before ?? intercoms[0])?.id;
}

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
