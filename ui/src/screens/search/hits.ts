import type { FoundCodeHit } from "../../core/bindings/FoundCodeHit";
import type { FoundFlat } from "../../core/bindings/FoundFlat";
import type { FoundIntercom } from "../../core/bindings/FoundIntercom";
import type { FoundKey } from "../../core/bindings/FoundKey";
import type { FoundPerson } from "../../core/bindings/FoundPerson";
import type { SearchResults } from "../../core/bindings/SearchResults";

/** One line of what was found. */
export type Hit =
  | { kind: "flat"; of: FoundFlat }
  | { kind: "person"; of: FoundPerson }
  | { kind: "key"; of: FoundKey }
  | { kind: "code"; of: FoundCodeHit }
  | { kind: "intercom"; of: FoundIntercom };

export type HitGroup = {
  name: "flats" | "people" | "keys" | "codes" | "intercoms";
  hits: { hit: Hit; index: number }[];
};

/** What was found in the order it is shown, each with its place among all; kinds nothing was found of are left out. */
export function groupsOf(results: SearchResults | null): HitGroup[] {
  if (results === null) return [];
  const groups: { name: HitGroup["name"]; hits: Hit[] }[] = [
    { name: "flats", hits: results.flats.map((of) => ({ kind: "flat", of })) },
    { name: "people", hits: results.people.map((of) => ({ kind: "person", of })) },
    { name: "keys", hits: results.keys.map((of) => ({ kind: "key", of })) },
    { name: "codes", hits: results.codes.map((of) => ({ kind: "code", of })) },
    { name: "intercoms", hits: results.intercoms.map((of) => ({ kind: "intercom", of })) },
  ];
  // Whoever writes an intercom's whole title means it, whatever else its words are part of.
  const ordered = results.intercomMeant ? groups.toSorted((one, other) => place(one) - place(other)) : groups;
  let index = 0;
  return ordered
    .filter(({ hits }) => hits.length > 0)
    .map(({ name, hits }) => ({ name, hits: hits.map((hit) => ({ hit, index: index++ })) }));
}

function place({ name }: { name: HitGroup["name"] }): number {
  return name === "intercoms" ? 0 : 1;
}
