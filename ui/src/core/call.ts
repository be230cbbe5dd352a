import { invoke } from "@tauri-apps/api/core";
import type { Tag } from "./bindings/Tag";
import { toCommandError } from "./errors";

type Command<Kind extends "read" | "write", Request, Response> = {
  readonly kind: Kind;
  readonly name: string;
  readonly tags: readonly Tag[];
  /** Asks the core. Rejects with a `CommandError`, never with anything else. */
  readonly run: (request: Request) => Promise<Response>;
};

export type ReadCommand<Request, Response> = Command<"read", Request, Response>;
export type WriteCommand<Request, Response> = Command<"write", Request, Response>;

export function read<Request, Response>(name: string, tags: Tag[]): ReadCommand<Request, Response> {
  return { kind: "read", name, tags, run: (request) => call(name, request) };
}

export function write<Request, Response>(name: string, tags: Tag[]): WriteCommand<Request, Response> {
  return { kind: "write", name, tags, run: (request) => call(name, request) };
}

async function call<Request, Response>(name: string, request: Request): Promise<Response> {
  try {
    return await (request === null ? invoke<Response>(name) : invoke<Response>(name, { request }));
  } catch (thrown) {
    throw toCommandError(thrown);
  }
}
