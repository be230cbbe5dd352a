// The stand-in server of a world, and its control side.

import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { binary } from "./binaries";
import { end, firstLine, type Ground, type Running } from "./ground";
import { waitFor } from "./waiting";

export type Credentials = { login: string; password: string };

/** A request as the stand-in received it; `call` is `null` for none of the known ones. */
export type ReceivedRequest = {
  call: Call | null;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
  is_done: boolean;
};

/** A code the stand-in holds, whoever made it. */
export type ListedCode = {
  id: number;
  title: string;
  code: string;
  account: "admin" | "client" | "billing";
  intercom_id: number;
  flat_id: number | null;
  expired_at: string;
};

/** The calls that tests count or let go wrong. */
export type Call =
  | "any"
  | "sign_in_admin"
  | "sign_in_client"
  | "sign_out_client"
  | "captcha"
  | "list_sessions"
  | "end_session"
  | "static_basic"
  | "create_code_admin"
  | "create_code_client"
  | "list_codes"
  | "list_codes_admin"
  | "get_flat"
  | "switch_lines"
  | "list_flats"
  | "list_keys"
  | "list_users"
  | "list_intercoms_admin"
  | "list_intercoms_client"
  | "show_intercom"
  | "delete_codes_admin"
  | "delete_codes_client";

/** How a record of an answer is broken. */
export type Broken = "no_id" | "huge_id" | "zero_id" | "negative_id" | "text_inside" | "text_instead";

/** A way for a call to go wrong, as the stand-in's control side takes it. */
export type Fault =
  | { kind: "latency"; ms: number }
  | { kind: "refuse"; ms?: number }
  | { kind: "slow"; ms_per_chunk: number }
  | { kind: "status"; status: number }
  | { kind: "unavailable"; retry_after?: number }
  | { kind: "too_many_requests"; retry_after: number }
  | { kind: "redirect"; status: number; location: string }
  | { kind: "huge"; bytes?: number }
  | { kind: "bad_record"; how?: Broken }
  | {
      kind:
        | "reset_before"
        | "reset_after"
        | "stall"
        | "truncate"
        | "maintenance"
        | "bad_gateway"
        | "unprocessable"
        | "html"
        | "empty"
        | "wrong_echo"
        | "wrong_types"
        | "wrong_shape"
        | "empty_maps"
        | "hostile_texts";
    };

/** Faults by plan: the same requests in the same order meet the same faults; `null` is a request nothing happens to. */
export type Schedule =
  | { call?: Call; sequence: { steps: (Fault | null)[]; repeat?: boolean } }
  | { call?: Call; random: { seed: number; per_mille: number; faults: Fault[] } };

/** A change somebody else makes, past every call. */
export type Edit =
  | { kind: "rename_intercom"; intercom: number; title: string }
  | { kind: "set_online"; intercom: number; is_online: boolean }
  | { kind: "set_of_client"; intercom: number; is_of_client: boolean }
  | { kind: "remove_intercom"; intercom: number }
  | { kind: "remove_flat"; intercom: number; flat: number }
  | { kind: "add_key"; intercom: number; flat?: number; key: string; user?: number }
  | { kind: "remove_key"; intercom: number; key: number }
  | { kind: "add_resident"; intercom: number; flat: number; name: string; login: string }
  | { kind: "remove_resident"; intercom: number; flat: number; user: number }
  | {
      kind: "set_lines";
      intercom: number;
      flat: number;
      analog?: boolean;
      smartphone?: boolean;
      landline?: boolean;
    }
  | { kind: "remove_code"; code: number };

type Announcement = {
  address: string;
  fingerprint: string | null;
  admin: Credentials;
  client: Credentials;
  /** Billing's own token, for a stand-in that wants it. */
  billing: string;
  control: string;
};

export type ServerOptions = { https?: boolean; args?: string[]; name?: string };

/** Every version of the server, oldest first. */
export const dialects = ["23.12", "24.12", "25.12"] as const;
export type Dialect = (typeof dialects)[number];

export class StandIn {
  readonly #process: Running;
  readonly #announced: Announcement;

  private constructor(process: Running, announced: Announcement) {
    this.#process = process;
    this.#announced = announced;
  }

  /** Starts the stand-in on a free port and waits until it tells where it is. */
  static async start(
    ground: Ground,
    { https = true, args = [], name = "stand-in" }: ServerOptions = {},
  ): Promise<StandIn> {
    const process = ground.start(name, {
      command: binary("simulator"),
      args: [...(https ? ["--https"] : []), "--control", ...args],
      readOutput: true,
    });
    return new StandIn(process, JSON.parse(await firstLine(process)) as Announcement);
  }

  /** `https://127.0.0.1:PORT`. */
  get address(): string {
    return this.#announced.address;
  }

  /** The SHA-256 of its certificate when it started. */
  get fingerprint(): string {
    if (!this.#announced.fingerprint) throw new Error("This stand-in speaks plain http.");
    return this.#announced.fingerprint;
  }

  get admin(): Credentials {
    return this.#announced.admin;
  }

  get client(): Credentials {
    return this.#announced.client;
  }

  /** The token that billing takes where it wants its own (`--billing own`). */
  get billingToken(): string {
    return this.#announced.billing;
  }

  /** Makes the next `times` calls go wrong; all of them, until the faults are cleared, with `null`. */
  async fault(call: Call, fault: Fault, times: number | null = 1): Promise<void> {
    await this.#post("/fault", { call, fault, times });
  }

  /** Makes requests go wrong by plan, in place of the plans before. */
  async schedule(...plans: Schedule[]): Promise<void> {
    await this.#post("/schedule", plans);
  }

  /** Refuses connections until `accept` or `clear`. */
  async refuse(): Promise<void> {
    await this.#post("/refuse", {});
  }

  /** Takes connections again. */
  async accept(): Promise<void> {
    await this.#post("/accept", {});
  }

  /** Sets how far the server's clock is off. */
  async clockOff(minutes: number): Promise<void> {
    await this.#post("/clock-off", { minutes });
  }

  /** Changes the building past every call, and returns the id of what was added. */
  async edit(edit: Edit): Promise<number | null> {
    return ((await this.#post("/edit", edit)) as { id: number | null }).id;
  }

  /** Ends all faults. */
  async clear(): Promise<void> {
    await this.#post("/clear", {});
  }

  /** Lets every token of an account expire. */
  async expire(account: "admin" | "client" | "billing"): Promise<void> {
    await this.#post("/expire", { account });
  }

  /** Replaces the certificate by another self-signed one on the same port. */
  async changeCertificate(): Promise<void> {
    await this.#post("/change-certificate", {});
  }

  /** The requests of one call received so far, oldest first. */
  async received(call: Call): Promise<ReceivedRequest[]> {
    const all = (await this.#get("/requests")) as ReceivedRequest[];
    return call === "any" ? all : all.filter((request) => request.call === call);
  }

  /** How many requests of one call there were so far. */
  async count(call: Call): Promise<number> {
    return (await this.received(call)).length;
  }

  /** Waits until this many requests of one call were received in all. */
  async receives(call: Call, times: number): Promise<void> {
    await waitFor(`${times} × ${call} at the stand-in`, async () => (await this.count(call)) >= times);
  }

  /** Every code it holds. */
  async codes(): Promise<ListedCode[]> {
    return (await this.#get("/codes")) as ListedCode[];
  }

  /** Every token it ever gave out. */
  async tokens(): Promise<string[]> {
    return (await this.#get("/tokens")) as string[];
  }

  /** What the picture of a captcha not used yet shows. */
  async captchaAnswer(key: string): Promise<string> {
    return ((await this.#get(`/captcha?key=${encodeURIComponent(key)}`)) as { answer: string }).answer;
  }

  /** Calls this server's own interface past the program, as another desk does. Its certificate is not looked at. */
  asAnotherDesk(): <T>(method: string, path: string, body?: unknown, token?: string) => Promise<T> {
    const https = this.address.startsWith("https:");
    return (method, path, body, token) =>
      new Promise((resolve, reject) => {
        const options = {
          method,
          rejectUnauthorized: false,
          headers: {
            ...{ Accept: "application/json", "Content-Type": "application/json", "X-Client": "android" },
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          },
        };
        const sent = (https ? httpsRequest : httpRequest)(`${this.address}${path}`, options, (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => {
            text += chunk.toString();
          });
          answer.once("end", () => resolve(text === "" ? null : JSON.parse(text)));
        });
        sent.once("error", reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      });
  }

  async close(): Promise<void> {
    await end(this.#process);
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    return this.#call(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  async #get(path: string): Promise<unknown> {
    return this.#call(path, {});
  }

  async #call(path: string, request: RequestInit): Promise<unknown> {
    const answer = await fetch(`${this.#announced.control}${path}`, request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The control side answered ${answer.status} to ${path}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
}
