import type { FoundCodeHit } from "../../core/bindings/FoundCodeHit";
import type { FoundFlat } from "../../core/bindings/FoundFlat";
import type { FoundIntercom } from "../../core/bindings/FoundIntercom";
import type { FoundKey } from "../../core/bindings/FoundKey";
import type { FoundKind } from "../../core/bindings/FoundKind";
import type { FoundPerson } from "../../core/bindings/FoundPerson";
import type { SearchResults } from "../../core/bindings/SearchResults";

/** One line of what was found. */
export type Hit =
  | { kind: "flat"; of: FoundFlat }
  | { kind: "person"; of: FoundPerson }
  | { kind: "key"; of: FoundKey }
  | { kind: "code"; of: FoundCodeHit }
  | { kind: "intercom"; of: FoundIntercom };

/** The last line of a kind of which there is more to be seen. */
export type More = { kind: "more"; of: FoundKind };

export type HitGroup = {
  name: FoundKind;
  /** There is more of this kind than stands here. */
  isCut: boolean;
  hits: { hit: Hit | More; index: number }[];
};

/** What was found in the order it is shown, each with its place among all; kinds nothing was found of are left out. */
export function groupsOf(results: SearchResults | null, wanted: FoundKind | null = null): HitGroup[] {
  if (results === null) return [];
  const groups: { name: FoundKind; hits: (Hit | More)[] }[] = [
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
    .map(({ name, hits }) => {
      const isCut = results.more.includes(name);
      const lines = isCut && name !== wanted ? [...hits, { kind: "more", of: name } as const] : hits;
      return { name, isCut, hits: lines.map((hit) => ({ hit, index: index++ })) };
    });
}

function place({ name }: { name: FoundKind }): number {
  return name === "intercoms" ? 0 : 1;
}
