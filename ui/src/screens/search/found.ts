import { useLocation } from "@tanstack/react-router";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** When the person came here from the search: the place takes the focus. */
    found?: number;
  }
}

/** When the search led to where the person is, if it did. */
export function useFound(): number | undefined {
  return useLocation({ select: (location) => location.state.found });
}
