import type { AccountKind } from "../core/bindings/AccountKind";
import type { AccountView } from "../core/bindings/AccountView";
import type { AppState } from "../core/bindings/AppState";
import type { Capability } from "../core/bindings/Capability";
import type { CapabilityState } from "../core/bindings/CapabilityState";
import type { CapabilityView } from "../core/bindings/CapabilityView";
import type { CommandError } from "../core/bindings/CommandError";
import type { ErrorCode } from "../core/bindings/ErrorCode";
import type { LogLine } from "../core/bindings/LogLine";
import type { ServerView } from "../core/bindings/ServerView";
import type { SessionView } from "../core/bindings/SessionView";
import type { SetServer } from "../core/bindings/SetServer";
import type { SignIn } from "../core/bindings/SignIn";
import type { SyncView } from "../core/bindings/SyncView";

export type Handler = (request: never) => unknown;

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

export function commandError(code: ErrorCode, params: CommandError["params"] = {}): CommandError {
  return { code, params, retryable: false, trace: "7f3a-0001" };
}

/** One pixel, for want of a server that draws captchas. */
const PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const CAPABILITIES: [Capability, AccountKind, CapabilityState][] = [
  ["admin_intercoms", "admin", "missing"],
  ["flats", "admin", "answers"],
  ["flat_details", "admin", "answers"],
  ["keys", "admin", "answers"],
  ["issue_for_flat", "admin", "unknown"],
  ["admin_codes", "admin", "missing"],
  ["delete_admin_codes", "admin", "unknown"],
  ["client_intercoms", "client", "answers"],
  ["issue_for_intercom", "client", "unknown"],
  ["client_codes", "client", "answers"],
  ["delete_client_codes", "client", "unknown"],
  ["sessions", "client", "answers"],
  ["show_intercom", "billing", "forbidden"],
  ["switch_lines", "billing", "unknown"],
];

function makeCapabilities(): CapabilityView[] {
  return CAPABILITIES.map(([capability, account, state]) => ({
    capability,
    account,
    state,
    checkedAt: state === "unknown" ? null : ago(3),
  }));
}

export function makeAccount(more: Partial<AccountView> = {}): AccountView {
  return { login: "manager", name: null, state: "signed_in", expiresAt: null, remembered: false, ...more };
}

export function makeServer(id: string): ServerView {
  return {
    id,
    name: "ул. Ленина, 12",
    address: "https://intercom.example.org",
    kind: id === "demo" ? "demo" : "server",
    trust: { kind: "platform" },
    zoneMinutes: 0,
    admin: makeAccount({ name: "Анна Ковалёва" }),
    client: makeAccount({ login: "flat45" }),
    billing: { kind: "admin" },
    version: "24.12.1",
    dateForm: "contract",
    clientName: "web",
    clockMinutes: 0,
    lostAt: null,
    capabilities: makeCapabilities(),
    warnings: [],
  };
}

/** A server that was read a while ago, and is not being read now. */
export function makeSync(server: string, more: Partial<SyncView> = {}): SyncView {
  return {
    ...{ server, state: "idle", done: 0, total: null, perSecond: null, secondsLeft: null },
    ...{ failed: 0, missedCount: 0, missed: [], error: null, completedAt: ago(12) },
    ...more,
  };
}

export function makeSessions(): SessionView[] {
  return [
    {
      id: 71,
      online: true,
      lastSeen: ago(0),
      userAgent: "Gatehouse/0.1.0 (Linux)",
      client: "web",
      ip: "192.168.1.31",
      isCurrent: true,
    },
    {
      id: 64,
      online: false,
      lastSeen: ago(3 * 24 * 60),
      userAgent: "okhttp/4.12.0",
      client: "android-cctv",
      ip: "10.8.0.4",
      isCurrent: false,
    },
    {
      id: 12,
      online: null,
      lastSeen: null,
      userAgent: null,
      client: null,
      ip: null,
      isCurrent: false,
    },
  ];
}

type StateOptions = { servers?: ServerView[]; keyring?: AppState["keyring"]; memory?: AppState["memory"] };

export function makeState(options: StateOptions): AppState {
  const servers = options.servers ?? [makeServer("demo")];
  return {
    version: "0.1.0",
    identity: "development",
    keyring: options.keyring ?? "available",
    memory: options.memory ?? "kept",
    preferences: {
      language: "system",
      visitorLanguage: "system",
      theme: "system",
      zoom: 100,
      codeMinutes: 120,
      codeTitle: "",
    },
    servers,
    active: servers[0]?.id ?? null,
  };
}

const LOG: LogLine[] = [
  {
    at: ago(0),
    level: "info",
    origin: "desk::error",
    text: "told the person code=RateLimited trace=7f3a0001",
  },
  { at: ago(1), level: "warn", origin: "server_api::read", text: "status 503, trying again in 2 s" },
  { at: ago(9), level: "error", origin: "desk::vault", text: "the keyring did not answer" },
  { at: ago(12), level: "debug", origin: "gatehouse::core", text: "asked for the system’s language" },
];

/** The commands of the program itself, of servers and of accounts. */
export function serverHandlers(state: AppState): Record<string, Handler> {
  let sessions = makeSessions();
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
  const change = (view: ServerView) => {
    state.servers = state.servers.map((each) => (each.id === view.id ? view : each));
    return view;
  };
  return {
    app_state: () => state,
    list_syncs: () => ({ servers: state.servers.map(({ id }) => makeSync(id)) }),
    start_sync: () => null,
    pause_sync: () => null,
    resume_sync: () => null,
    cancel_sync: () => null,
    set_preferences: (preferences: AppState["preferences"]) => {
      state.preferences = preferences;
      return state;
    },
    about: () => ({
      version: state.version,
      identity: state.identity,
      dataFolder: "/home/anna/.local/share/org.example.gatehouse",
      logFolder: "/home/anna/.local/share/org.example.gatehouse/logs",
      keyringName: "Gatehouse (development)",
    }),
    read_log: (request: { limit: number }) => ({ lines: LOG.slice(0, request.limit) }),
    copy_log: () => null,
    copy_text: () => null,
    copy_details: () => null,
    close_window: () => null,
    retry_keyring: () => {
      state.keyring = "available";
      return state;
    },
    probe_server: (request: { address: string }) => ({
      address: request.address.includes("://") ? request.address : `https://${request.address}`,
      version: "24.12",
      captchaAvailable: false,
      trust: { kind: "platform" },
    }),
    add_server: (request: { address: string; name: string; pin: string | null }) =>
      add({
        ...makeServer(`server-${state.servers.length + 1}`),
        name: request.name,
        address: request.address,
        trust:
          request.pin === null
            ? { kind: "platform" }
            : { kind: "pinned", fingerprint: request.pin, ends: "2027-05-01T00:00:00Z" },
        admin: null,
        client: null,
        capabilities: makeCapabilities().map((each) => ({ ...each, state: "unknown", checkedAt: null })),
      }),
    remove_server: (request: { server: string }) => {
      state.servers = state.servers.filter((each) => each.id !== request.server);
      state.active = state.servers[0]?.id ?? null;
      return state;
    },
    erase_everything: () => {
      state.servers = [];
      state.active = null;
      return state;
    },
    activate_server: (request: { server: string }) => {
      state.active = server(request.server).id;
      return state;
    },
    start_demo: () => add(makeServer("demo")),
    trust_certificate: (request: { server: string; fingerprint: string | null }) =>
      change({
        ...server(request.server),
        trust:
          request.fingerprint === null
            ? { kind: "platform" }
            : { kind: "pinned", fingerprint: request.fingerprint, ends: null },
      }),
    set_server: ({ server: id, ...settings }: SetServer) => change({ ...server(id), ...settings }),
    check_capabilities: (request: { server: string }) =>
      change({ ...server(request.server), capabilities: makeCapabilities() }),
    get_captcha: () => ({ key: `captcha-${Date.now()}`, image: PICTURE, ttlSeconds: 60 }),
    sign_in: (request: SignIn) => {
      const login = request.with.kind === "password" ? request.with.login : null;
      if (request.with.kind === "password" && login === "") throw commandError("login_missing");
      const account = makeAccount({ login, remembered: request.remember });
      return change({ ...server(request.server), [request.account]: account });
    },
    set_billing: (request: { server: string; credential: { kind: "none" | "admin" | "own" } }) => {
      const { kind } = request.credential;
      return change({
        ...server(request.server),
        billing: kind === "own" ? { kind, state: "signed_in" } : { kind },
      });
    },
    sign_out: (request: { server: string; account: AccountKind }) => ({
      server: change({ ...server(request.server), [request.account]: null }),
      session: request.account === "client" ? "ended" : "stays",
    }),
    list_sessions: () => ({ listing: "complete", sessions, confirmedAt: new Date().toISOString() }),
    end_session: (request: { session: number }) => {
      sessions = sessions.filter((each) => each.id !== request.session);
      return null;
    },
  };
}
