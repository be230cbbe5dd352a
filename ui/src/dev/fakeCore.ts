import type { AppState } from "../core/bindings/AppState";
import type { CodeRow } from "../core/bindings/CodeRow";
import type { CommandError } from "../core/bindings/CommandError";
import type { ErrorCode } from "../core/bindings/ErrorCode";
import type { FlatDetail } from "../core/bindings/FlatDetail";
import type { IssueCode } from "../core/bindings/IssueCode";
import type { IssuedCode } from "../core/bindings/IssuedCode";
import type { LineState } from "../core/bindings/LineState";
import type { ListCodes } from "../core/bindings/ListCodes";
import type { ListFlats } from "../core/bindings/ListFlats";
import type { ServerView } from "../core/bindings/ServerView";
import type { SignIn } from "../core/bindings/SignIn";
import type { SwitchLine } from "../core/bindings/SwitchLine";
import { makeBuilding, makeServer } from "./building";

type Handler = (request: never) => unknown;
type Step = { fail: CommandError } | { answer: unknown } | { wait: Promise<unknown> };

/** A core that lives in the page: for looking at screens and for their tests. Never part of what is built. */
export type FakeCore = {
  invoke: (name: string, args?: { request?: unknown }) => Promise<unknown>;
  state: AppState;
  codes: CodeRow[];
  /** Every call so far, as its name and request. */
  calls: { name: string; request: unknown }[];
  /** What the next calls of a command meet instead of the ordinary answer, in order. */
  next: (name: string, ...steps: Step[]) => void;
};

export function commandError(code: ErrorCode, params: CommandError["params"] = {}): CommandError {
  return { code, params, retryable: false, trace: "7f3a-0001" };
}

export function createFakeCore(
  options: { servers?: ServerView[]; keyring?: AppState["keyring"] } = {},
): FakeCore {
  const servers = options.servers ?? [makeServer("demo")];
  const building = makeBuilding();
  const calls: FakeCore["calls"] = [];
  const steps = new Map<string, Step[]>();
  const codes: CodeRow[] = [...building.codes];
  const state: AppState = {
    version: "0.1.0",
    identity: "development",
    keyring: options.keyring ?? "available",
    preferences: { language: "system", theme: "system" },
    servers,
    active: servers[0]?.id ?? null,
  };
  const now = () => new Date().toISOString();
  const server = (id: string) => {
    const found = state.servers.find((each) => each.id === id);
    if (found === undefined) throw commandError("unknown_server");
    return found;
  };
  const add = (view: ServerView) => {
    state.servers = [...state.servers.filter((each) => each.id !== view.id), view];
    state.active = view.id;
    return view;
  };
  const flatOf = (id: number): FlatDetail => {
    const flat = building.flats.find((each) => each.id === id);
    if (flat === undefined) throw commandError("not_found", { message: "Not found" });
    return flat;
  };
  const change = (view: ServerView) => {
    state.servers = state.servers.map((each) => (each.id === view.id ? view : each));
    return view;
  };

  const handlers: Record<string, Handler> = {
    app_state: () => state,
    set_preferences: (preferences: AppState["preferences"]) => {
      state.preferences = preferences;
      return state;
    },
    probe_server: (request: { address: string }) => ({
      address: request.address.includes("://") ? request.address : `https://${request.address}`,
      version: "24.12",
      captchaAvailable: false,
      trust: { kind: "platform" },
      zoneMinutes: 0,
    }),
    add_server: (request: { address: string; name: string; pin: string | null }) =>
      add({
        ...makeServer(`server-${state.servers.length + 1}`),
        ...request,
        kind: "server",
        trust:
          request.pin === null
            ? { kind: "platform" }
            : { kind: "pinned", fingerprint: request.pin, ends: "2027-05-01T00:00:00Z" },
        admin: null,
        client: null,
      }),
    remove_server: (request: { server: string }) => {
      state.servers = state.servers.filter((each) => each.id !== request.server);
      state.active = state.servers[0]?.id ?? null;
      return state;
    },
    activate_server: (request: { server: string }) => {
      state.active = server(request.server).id;
      return state;
    },
    start_demo: () => add(makeServer("demo")),
    trust_certificate: (request: { server: string; fingerprint: string }) =>
      change({
        ...server(request.server),
        trust: { kind: "pinned", fingerprint: request.fingerprint, ends: null },
      }),
    sign_in: (request: SignIn) => {
      const login = request.with.kind === "password" ? request.with.login : null;
      if (request.with.kind === "password" && login === "") throw commandError("login_missing");
      const account = { login, name: null, state: "signed_in" as const, expiresAt: null };
      return change({ ...server(request.server), [request.account]: account });
    },
    set_billing: (request: { server: string; credential: { kind: "none" | "admin" | "own" } }) => {
      const { kind } = request.credential;
      return change({
        ...server(request.server),
        billing: kind === "own" ? { kind, state: "signed_in" } : { kind },
      });
    },
    sign_out: (request: { server: string; account: string }) =>
      change({ ...server(request.server), [request.account]: null }),
    list_intercoms: () => ({ intercoms: building.intercoms, sources: [], problems: [] }),
    add_intercom: (request: { intercom: number }) => {
      const row = {
        id: request.intercom,
        title: null,
        address: null,
        entrance: null,
        online: null,
        added: true,
        confirmedAt: now(),
      };
      building.intercoms.push(row);
      return row;
    },
    forget_intercom: (request: { intercom: number }) => {
      building.intercoms = building.intercoms.filter((each) => each.id !== request.intercom);
      return { intercoms: building.intercoms, sources: [], problems: [] };
    },
    load_flats: (request: { intercom: number }) => ({
      listing: request.intercom > 100 ? "not_offered" : "complete",
      total: building.flats.filter((flat) => flat.intercom === request.intercom).length,
      confirmedAt: now(),
      problems: [],
    }),
    list_flats: (request: ListFlats) => listFlats(building.flats, request),
    get_flat: (request: { flat: number }) => flatOf(request.flat),
    issue_code: (request: IssueCode) => {
      const issued = issue(request, codes.length);
      codes.unshift(issued.row);
      return issued;
    },
    load_codes: () => ({ listing: "complete", confirmedAt: now(), problems: [] }),
    list_codes: (request: ListCodes) => listCodes(codes, request),
    copy_code: () => null,
    set_zone: (request: { server: string; minutes: number }) =>
      change({ ...server(request.server), zoneMinutes: request.minutes }),
    copy_details: () => null,
    settle_code: (request: { key: string }) => {
      codes.splice(
        codes.findIndex((row) => row.key === request.key),
        1,
      );
      return null;
    },
    switch_line: (request: SwitchLine) => {
      const flat = flatOf(request.flat.id);
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

  return {
    state,
    codes,
    calls,
    next: (name, ...more) => steps.set(name, [...(steps.get(name) ?? []), ...more]),
    invoke: async (name, args) => {
      calls.push({ name, request: args?.request ?? null });
      const step = steps.get(name)?.shift();
      if (step !== undefined && "wait" in step) await step.wait;
      if (step !== undefined && "fail" in step) throw step.fail;
      if (step !== undefined && "answer" in step) return step.answer;
      const handler = handlers[name];
      if (handler === undefined) throw commandError("internal");
      return structuredClone(handler((args?.request ?? null) as never));
    },
  };
}

function listFlats(flats: FlatDetail[], request: ListFlats) {
  const here = flats.filter((flat) => flat.intercom === request.intercom);
  const found = here.filter((flat) => flat.number.includes(request.filter.trim()));
  const by = (flat: FlatDetail) =>
    request.sort === "keys"
      ? flat.keys.length
      : request.sort === "residents"
        ? flat.residents.length
        : Number(flat.number);
  const sorted = found.toSorted((a, b) => (by(a) - by(b)) * (request.descending ? -1 : 1));
  return {
    total: sorted.length,
    loaded: here.length,
    offset: request.offset,
    rows: sorted.slice(request.offset, request.offset + request.limit).map((flat) => ({
      id: flat.id,
      number: flat.number,
      keyCount: flat.keys.length,
      residentCount: flat.residents.length,
      lines: flat.lines,
      confirmedAt: flat.confirmedAt,
    })),
  };
}

function listCodes(codes: CodeRow[], request: ListCodes) {
  const count = (state: CodeRow["state"]) => codes.filter((row) => row.state === state).length;
  const search = request.search.toLowerCase();
  const rows = codes
    .filter((row) => request.filter === "all" || row.state === request.filter)
    .filter((row) => `${row.code} ${row.title} ${row.flatNumber}`.toLowerCase().includes(search));
  return {
    total: rows.length,
    offset: request.offset,
    rows: rows.slice(request.offset, request.offset + request.limit),
    counts: {
      all: codes.length,
      live: count("live"),
      ended: count("ended"),
      unresolved: count("unresolved"),
    },
  };
}

function issue(request: IssueCode, serial: number): IssuedCode {
  const end =
    request.until.kind === "minutes"
      ? new Date(Date.now() + request.until.minutes * 60_000)
      : new Date(request.until.dateTime);
  return {
    row: {
      key: `issued-${serial}`,
      id: 900 + serial,
      code: "93552",
      title: request.title,
      intercom: request.intercom,
      intercomTitle: null,
      flatNumber: request.flat?.number ?? null,
      until: end.toISOString(),
      removedAt: null,
      createdAt: new Date().toISOString(),
      state: "live",
      origin: request.flat === null ? "desk_listed" : "desk_unlisted",
    },
    difference: null,
    copied: true,
  };
}
