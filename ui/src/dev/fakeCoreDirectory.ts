import type { AddIntercom } from "../core/bindings/AddIntercom";
import type { FirstBuildings } from "../core/bindings/FirstBuildings";
import type { FirstSightOf } from "../core/bindings/FirstSightOf";
import type { FlatDetail } from "../core/bindings/FlatDetail";
import type { FlatRef } from "../core/bindings/FlatRef";
import type { FlatRow } from "../core/bindings/FlatRow";
import type { IntercomList } from "../core/bindings/IntercomList";
import type { IntercomRow } from "../core/bindings/IntercomRow";
import type { KeyRow } from "../core/bindings/KeyRow";
import type { LineState } from "../core/bindings/LineState";
import type { ListFlats } from "../core/bindings/ListFlats";
import type { ListKeys } from "../core/bindings/ListKeys";
import type { SetShortName } from "../core/bindings/SetShortName";
import type { SourceReport } from "../core/bindings/SourceReport";
import type { SwitchLine } from "../core/bindings/SwitchLine";
import { bareIntercom, type FakeBuilding } from "./building";
import { commandError } from "./fakeServers";

type Handler = (request: never) => unknown;
const now = () => new Date().toISOString();

/** What the fake core answers about intercoms, flats, keys and lines. */
export function directoryHandlers(building: FakeBuilding) {
  const flatOf = (intercom: number, id: number | null, number: string | null): FlatDetail => {
    const flat = building.flats.find(
      (each) => each.intercom === intercom && (id === null ? each.number === number : each.id === id),
    );
    if (flat === undefined) throw commandError("not_found", { message: "Not found" });
    return flat;
  };
  const here = (intercom: number) => building.flats.filter((flat) => flat.intercom === intercom);
  const sources: SourceReport[] = [
    { source: "client_list", state: "answered", error: null },
    { source: "admin_list", state: "not_offered", error: null },
  ];

  // What the core took in so far.
  const remembered = { intercoms: building.intercoms.slice(0, 0), lists: new Set<string>() };
  let lastIntercom: number | null = null;
  const listed = (intercoms: IntercomRow[], told: SourceReport[]): IntercomList => {
    const first = intercoms.find(({ id }) => id === lastIntercom) ?? intercoms[0];
    return { intercoms, first: first?.id ?? null, sources: told, problems: [] };
  };

  const firstBuildings = ({ intercom, ...list }: FirstSightOf): FirstBuildings => {
    const intercoms = listed(remembered.intercoms, []);
    const named = intercoms.intercoms.find(({ id }) => id === intercom);
    const open = named?.id ?? intercoms.first;
    const rows = remembered.lists.has(`flats ${open}`) ? here(open ?? 0) : [];
    const flats = listFlats(rows, { ...list, server: "", intercom: open ?? 0, filter: "", offset: 0 });
    return { intercoms, open, flats: open === null ? null : flats };
  };

  const handlers: Record<string, Handler> = {
    load_intercoms: () => {
      remembered.intercoms = building.intercoms;
      return listed(building.intercoms, sources);
    },
    list_intercoms: () => listed(remembered.intercoms, []),
    remember_intercom: (request: { intercom: number }) => {
      lastIntercom = request.intercom;
      return null;
    },
    add_intercom: ({ by }: AddIntercom) => {
      const named = building.intercoms.find((each) => by.kind === "mac" && each.mac === by.mac);
      const row = named ?? bareIntercom(by.kind === "id" ? by.id : 78, { added: true, confirmedAt: now() });
      if (named === undefined) building.intercoms = [...building.intercoms, row];
      return row;
    },
    forget_intercom: (request: { intercom: number }) => {
      building.intercoms = building.intercoms.filter((each) => each.id !== request.intercom);
      return listed(building.intercoms, sources);
    },
    set_short_name: ({ intercom, shortName }: SetShortName) => {
      const holder = building.intercoms.find((row) => row.id !== intercom && row.shortName === shortName);
      if (holder !== undefined)
        throw commandError("setting_invalid", { field: "short_name", id: holder.id, title: holder.title });
      const named = { shortName: shortName === "" ? String(intercom) : shortName };
      building.intercoms = building.intercoms.map((row) =>
        row.id === intercom ? { ...row, ...named, isShortNameChosen: shortName !== "" } : row,
      );
      remembered.intercoms = building.intercoms;
      return listed(building.intercoms, []);
    },
    load_flats: (request: { intercom: number }) => {
      remembered.lists.add(`flats ${request.intercom}`);
      return {
        listing: request.intercom > 70 ? "not_offered" : "complete",
        total: here(request.intercom).length,
        confirmedAt: now(),
        problems: [],
      };
    },
    list_flats: (request: ListFlats) =>
      listFlats(remembered.lists.has(`flats ${request.intercom}`) ? here(request.intercom) : [], request),
    load_flat: ({ intercom, flat }: FlatRef) => {
      remembered.lists.add(`flat ${intercom} ${flat}`);
      return flatOf(intercom, flat, null);
    },
    get_flat: ({ intercom, flat }: FlatRef) =>
      remembered.lists.has(`flat ${intercom} ${flat}`) ? flatOf(intercom, flat, null) : null,
    load_keys: (request: { intercom: number }) => {
      remembered.lists.add(`keys ${request.intercom}`);
      return {
        listing: request.intercom > 70 ? "not_offered" : "complete",
        total: keysOf(here(request.intercom)).length,
        confirmedAt: now(),
        problems: [],
      };
    },
    list_keys: (request: ListKeys) =>
      listKeys(
        remembered.lists.has(`keys ${request.intercom}`) ? keysOf(here(request.intercom)) : [],
        request,
      ),
    switch_line: (request: SwitchLine) => {
      const flat = flatOf(request.intercom, request.flat.id, request.flat.number);
      const line: LineState = { state: request.on ? "on" : "off", confirmedAt: now() };
      flat.lines = { ...flat.lines, [request.line]: line };
      return {
        line: request.line,
        asked: request.on,
        answered: line.state,
        asAsked: true,
        alsoChanged: [],
        wrongFlat: null,
        lines: flat.lines,
      };
    },
  };
  return { handlers, firstBuildings };
}

const STATES = ["on", "off", "unknown"];

function listFlats(here: FlatDetail[], request: ListFlats) {
  const by = (flat: FlatDetail) => {
    switch (request.sort) {
      case "number":
        return Number(flat.number);
      case "keys":
        return flat.keys?.length ?? -1;
      case "residents":
        return flat.residents?.length ?? -1;
      default:
        return STATES.indexOf(flat.lines[request.sort].state);
    }
  };
  const found = here.filter((flat) => flat.number.startsWith(request.filter.trim()));
  const sorted = found.toSorted((a, b) => (by(a) - by(b)) * (request.descending ? -1 : 1));
  return cut(sorted.map(flatRow), here, request);
}

function flatRow(flat: FlatDetail): FlatRow {
  return {
    id: flat.id,
    number: flat.number,
    keyCount: flat.keys?.length ?? null,
    residentCount: flat.residents?.length ?? null,
    lines: flat.lines,
    confirmedAt: flat.confirmedAt,
    goneAt: flat.goneAt,
  };
}

function keysOf(flats: FlatDetail[]): KeyRow[] {
  return flats.flatMap((flat) =>
    (flat.keys ?? []).map((key) => ({
      ...key,
      flat: { id: flat.id, number: flat.number },
      createdAt: "2024-05-06T07:08:09Z",
      confirmedAt: flat.confirmedAt,
      goneAt: null,
    })),
  );
}

function ownerText(row: KeyRow): string {
  return row.owner.kind === "user" ? `${row.owner.name ?? ""} ${row.owner.login ?? ""}` : "";
}

function listKeys(here: KeyRow[], request: ListKeys) {
  const sought = request.filter.trim().toLowerCase();
  const by = (row: KeyRow) =>
    ({
      key: row.key,
      flat: (row.flat?.number ?? "").padStart(6, "0"),
      owner: ownerText(row),
      created: row.createdAt ?? "",
    })[request.sort];
  const found = here.filter(
    (row) =>
      row.key.toLowerCase().includes(sought) ||
      ownerText(row).toLowerCase().includes(sought) ||
      (row.flat?.number.startsWith(sought) ?? false),
  );
  const sorted = found.toSorted((a, b) => by(a).localeCompare(by(b)) * (request.descending ? -1 : 1));
  return cut(sorted, here, request);
}

function cut<Row extends { confirmedAt: string }>(
  rows: Row[],
  here: readonly { confirmedAt: string }[],
  { offset, limit }: { offset: number; limit: number },
) {
  const oldestAt = here.map((row) => row.confirmedAt).toSorted()[0] ?? null;
  return {
    total: rows.length,
    loaded: here.length,
    oldestAt,
    offset,
    rows: rows.slice(offset, offset + limit),
  };
}
