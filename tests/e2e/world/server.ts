// The stand-in server of a world, and its control side.

import type { Readable } from "node:stream";
import { binary } from "./binaries";
import { end, type Ground, type Running, stillRunning } from "./ground";
import { waitFor } from "./waiting";

export type Credentials = { login: string; password: string };

/** A request as the stand-in received it; `call` is `null` for none of the known ones. */
export type ReceivedRequest = {
  call: Call | null;
  method: string;
  path: string;
  body: unknown;
  status: number | null;
};

/** The calls that tests count or let go wrong. */
export type Call =
  | "any"
  | "sign_in_admin"
  | "sign_in_client"
  | "create_code_admin"
  | "create_code_client"
  | "list_codes"
  | "get_flat"
  | "list_flats"
  | "switch_lines";

/** A way for a call to go wrong, as the stand-in's control side takes it. */
export type Fault =
  | { kind: "latency"; ms: number }
  | { kind: "status"; status: number }
  | { kind: "too_many_requests"; retry_after: number }
  | {
      kind:
        | "reset_before"
        | "reset_after"
        | "stall"
        | "truncate"
        | "unprocessable"
        | "html"
        | "empty"
        | "wrong_echo";
    };

type Announcement = {
  address: string;
  fingerprint: string | null;
  admin: Credentials;
  client: Credentials;
  control: string;
};

export type ServerOptions = { https?: boolean; args?: string[] };

export class StandIn {
  readonly #process: Running;
  readonly #announced: Announcement;

  private constructor(process: Running, announced: Announcement) {
    this.#process = process;
    this.#announced = announced;
  }

  /** Starts the stand-in on a free port and waits until it tells where it is. */
  static async start(ground: Ground, { https = true, args = [] }: ServerOptions = {}): Promise<StandIn> {
    const process = ground.start("stand-in", {
      command: binary("simulator"),
      args: [...(https ? ["--https"] : []), "--control", ...args],
      readOutput: true,
    });
    let text = "";
    (process.process.stdout as Readable).on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    const line = await waitFor("the stand-in's address", () => {
      if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
      stillRunning(process);
      return undefined;
    });
    return new StandIn(process, JSON.parse(line) as Announcement);
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

  /** Makes the next `times` calls go wrong. */
  async fault(call: Call, fault: Fault, times = 1): Promise<void> {
    await this.#post("/fault", { call, fault, times });
  }

  /** Ends all faults. */
  async clear(): Promise<void> {
    await this.#post("/clear", {});
  }

  /** Lets every token of an account expire. */
  async expire(account: "admin" | "client"): Promise<void> {
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

  /** Every token it ever gave out. */
  async tokens(): Promise<string[]> {
    return (await this.#get("/tokens")) as string[];
  }

  /** What the picture of a captcha not used yet shows. */
  async captchaAnswer(key: string): Promise<string> {
    return ((await this.#get(`/captcha?key=${key}`)) as { answer: string }).answer;
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
