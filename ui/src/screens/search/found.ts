import { useLocation } from "@tanstack/react-router";

/** What is begun where the search leads to. */
export type Act = "issue" | "lines" | "delete";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** When the person came here from the search: the place takes the focus. */
    found?: number;
    /** What they came for. */
    act?: Act;
  }
}

/** When the search led to where the person is, if it did. */
export function useFound(): number | undefined {
  return useLocation({ select: (location) => location.state.found });
}

/** When the search led here to begin just this, if it did. */
export function useFoundFor(act: Act): number | undefined {
  return useLocation({
    select: ({ state }) => (state.act === act ? state.found : undefined),
  });
}
