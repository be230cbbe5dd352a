import { windowState } from "../../parts/windowState";

/** Where one is among the buildings: what the address says after `/buildings`. */
export type Place = {
  intercom?: number | undefined;
  flat?: number | undefined;
  door?: string | undefined;
  keys?: boolean | undefined;
  code?: boolean | undefined;
};

/** `isChosen`: somebody chose it. What is shown for want of a choice is nowhere to come back to. */
type Kept = { place: Place; filter: string; isChosen: boolean };
const useKept = windowState<Readonly<Record<string, Kept>>>({});
const NOWHERE: Kept = { place: {}, filter: "", isChosen: false };

/**
 * Where one was last on a server, so that leaving the screen and coming back leads to the same door: another door's
 * flat of the same number looks just like the one meant.
 */
export function useLastPlace(server: string) {
  const [kept, keep] = useKept();
  const last = kept[server] ?? NOWHERE;
  const change = (next: (before: Kept) => Kept) =>
    keep((before) => {
      const was = before[server] ?? NOWHERE;
      const now = next(was);
      return now === was ? before : { ...before, [server]: now };
    });
  return {
    place: last.isChosen ? last.place : NOWHERE.place,
    /** What is looked for at an intercom: at another one nothing is yet. */
    filterAt: (intercom: number) => (last.place.intercom === intercom ? last.filter : ""),
    /** What was looked for at one intercom is not looked for at the next. */
    setPlace: (place: Place, isChosen: boolean) =>
      change((before) => {
        // Nobody was anywhere yet, and nobody chose this either.
        if (before === NOWHERE && !isChosen) return before;
        return { place, isChosen, filter: place.intercom === before.place.intercom ? before.filter : "" };
      }),
    /** What is looked for at an intercom, whether somebody chose that or not. */
    setFilter: (filter: string, intercom: number) =>
      change((before) => ({ ...before, place: { ...before.place, intercom }, filter })),
    forget: () => change(() => NOWHERE),
  };
}

/** Before somebody is led to a place: it, and what its list is narrowed to, are where they are on that server. */
export function usePlaceToGo() {
  const keep = useKept.useChange();
  return (server: string, place: Place, filter: string) =>
    keep((before) => ({ ...before, [server]: { place, filter, isChosen: true } }));
}

export function isNowhere(place: Place): boolean {
  return Object.values(place).every((part) => part === undefined);
}
