import type { Answer } from "../core/bindings/Answer";
import type { AnswerRef } from "../core/bindings/AnswerRef";
import type { AppState } from "../core/bindings/AppState";
import type { CodeRow } from "../core/bindings/CodeRow";
import type { FlatDetail } from "../core/bindings/FlatDetail";
import type { FoundAt } from "../core/bindings/FoundAt";
import type { FoundField } from "../core/bindings/FoundField";
import type { FoundKind } from "../core/bindings/FoundKind";
import type { FoundMark } from "../core/bindings/FoundMark";
import type { IntercomRow } from "../core/bindings/IntercomRow";
import type { Search } from "../core/bindings/Search";
import type { SearchResults } from "../core/bindings/SearchResults";
import type { FakeBuilding } from "./building";

type Handler = (request: never) => unknown;
type Texts = Partial<Record<FoundField, string | null>>;

const MOST = 8;
const MOST_OF_ONE = 50;

/** What the fake core answers to a search: the text as it stands, in everything the building has. */
export function searchHandlers(
  state: AppState,
  building: FakeBuilding,
  codes: CodeRow[],
): Record<string, Handler> {
  return {
    search: ({ text, more }: Search) => find(state, building, codes, text.trim().toLowerCase(), more),
    get_answer: ({ intercom, flat, number, code }: AnswerRef): Answer => {
      const here = building.flats.filter((each) => each.intercom === intercom);
      const known = here.find((each) => (flat === null ? each.number === number : each.id === flat));
      return {
        intercom: building.intercoms.find(({ id }) => id === intercom) ?? null,
        flat: known ?? null,
        door: null,
        codes: codes.filter(
          (row) =>
            row.key === code ||
            (row.state !== "ended" && row.intercom === intercom && row.flatNumber === known?.number),
        ),
        codesAt: new Date().toISOString(),
      };
    },
  };
}

function find(
  state: AppState,
  building: FakeBuilding,
  codes: CodeRow[],
  text: string,
  wanted?: FoundKind,
): SearchResults {
  const server = state.servers.find(({ id }) => id === state.active);
  const at = (intercom: number | null, marks: FoundMark[]): FoundAt => {
    const row = building.intercoms.find(({ id }) => id === intercom);
    return {
      server: server?.id ?? "",
      serverName: server?.name ?? "",
      intercom,
      shortName: row?.shortName ?? null,
      intercomTitle: row?.title ?? null,
      address: row?.address ?? null,
      entrance: row?.entrance ?? null,
      marks,
    };
  };
  const { flats, intercoms } = building;
  const number = (flat: FlatDetail) => (flat.number.startsWith(text) ? { number: flat.number } : {});
  const residents = flats.flatMap((flat) => (flat.residents ?? []).map((person) => ({ flat, person })));
  const keys = flats.flatMap((flat) => (flat.keys ?? []).map((key) => ({ flat, key })));
  const titles = ({ title, address }: IntercomRow): Texts => ({ title, address });
  const found: Omit<SearchResults, "more" | "readAs" | "lookedThrough" | "isKey" | "intercomMeant"> = {
    flats: marked(flats, number, text).map(([flat, marks]) => ({
      at: at(flat.intercom, marks),
      flat: {
        id: flat.id,
        number: flat.number,
        keyCount: flat.keys?.length ?? null,
        residentCount: flat.residents?.length ?? null,
        lines: flat.lines,
        confirmedAt: flat.confirmedAt,
        goneAt: flat.goneAt,
      },
    })),
    people: marked(residents, ({ person: { name, login } }) => ({ name, login }), text).map(
      ([{ flat, person }, marks]) => ({
        at: at(flat.intercom, marks),
        id: person.id,
        name: person.name,
        login: person.login,
        flat: flat.id,
        flatNumber: flat.number,
        isResident: true,
        confirmedAt: flat.residentsAt,
        goneAt: null,
        others: 0,
      }),
    ),
    keys: marked(text.length < 4 ? [] : keys, ({ key }) => ({ key: key.key }), text).map(
      ([{ flat, key }, marks]) => ({
        at: at(flat.intercom, marks),
        key: {
          ...key,
          flat: { id: flat.id, number: flat.number },
          createdAt: null,
          confirmedAt: flat.confirmedAt,
          goneAt: null,
        },
        how: key.key.length === text.length ? "hex" : "ending",
      }),
    ),
    codes: marked(
      codes.filter(({ code }) => code !== null),
      ({ code, title }) => ({ code, title }),
      text,
    ).map(([row, marks]) => ({
      at: at(row.intercom, marks),
      code: {
        key: row.key,
        code: row.code ?? "",
        title: row.title,
        flatNumber: row.flatNumber,
        until: row.until,
        state: row.state,
        account: row.account,
      },
    })),
    intercoms: marked(intercoms, titles, text).map(([intercom, marks]) => ({
      at: at(intercom.id, marks),
      intercom,
    })),
  };
  const isNothing = Object.values(found).every((hits) => hits.length === 0);
  const most = (kind: FoundKind) => (kind === wanted ? MOST_OF_ONE : MOST);
  const kinds = ["flats", "people", "keys", "codes", "intercoms"] as const;
  return {
    flats: found.flats.slice(0, most("flats")),
    people: found.people.slice(0, most("people")),
    keys: found.keys.slice(0, most("keys")),
    codes: found.codes.slice(0, most("codes")),
    intercoms: found.intercoms.slice(0, most("intercoms")),
    more: kinds.filter((kind) => found[kind].length > most(kind)),
    readAs: null,
    lookedThrough: isNothing ? intercoms.length : null,
    intercomMeant: found.intercoms.some(({ intercom }) => intercom.title?.toLowerCase() === text),
    isKey: /^[0-9a-f]{4,20}$/u.test(text),
  };
}

/** The first rows one of whose texts holds what is looked for, each with where. */
function marked<Row>(rows: Row[], textsOf: (row: Row) => Texts, text: string): [Row, FoundMark[]][] {
  const found: [Row, FoundMark[]][] = [];
  for (const row of rows) {
    const marks = Object.entries(textsOf(row)).flatMap(([field, value]) => {
      const from = value?.toLowerCase().indexOf(text) ?? -1;
      return from < 0 ? [] : [{ field: field as FoundField, from, to: from + text.length }];
    });
    if (marks.length > 0 && found.length <= MOST_OF_ONE) found.push([row, marks]);
  }
  return found;
}
