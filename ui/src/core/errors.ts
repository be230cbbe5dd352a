import type { AccountKind } from "./bindings/AccountKind";
import type { CommandError } from "./bindings/CommandError";
import type { ErrorCode } from "./bindings/ErrorCode";
import type { SessionView } from "./bindings/SessionView";

/** Anything a call may reject with, as the one error shape. What is not recognised becomes `internal`. */
export function toCommandError(thrown: unknown): CommandError {
  if (isCommandError(thrown)) return thrown;
  return { code: "internal", params: {}, retryable: false, trace: "" };
}

function isCommandError(value: unknown): value is CommandError {
  if (typeof value !== "object" || value === null) return false;
  return "code" in value && typeof value.code === "string" && "params" in value && isRecord(value.params);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function params(error: CommandError): Record<string, unknown> {
  return error.params as Record<string, unknown>;
}

export function textParam(error: CommandError, name: string): string | null {
  const value = params(error)[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function numberParam(error: CommandError, name: string): number | null {
  const value = params(error)[name];
  return typeof value === "number" ? value : null;
}

export function listParam(error: CommandError, name: string): unknown[] {
  const value = params(error)[name];
  return Array.isArray(value) ? value : [];
}

/** The server's own texts of a refused form or sign-in, by the key it used for each. Empty for every other error. */
export function fieldTexts(error: CommandError | null): Record<string, string[]> {
  if (error === null || (error.code !== "invalid" && error.code !== "sign_in_refused")) return {};
  const fields = params(error).fields;
  if (!isRecord(fields)) return {};
  return Object.fromEntries(
    Object.entries(fields).map(([field, texts]) => [
      field,
      Array.isArray(texts) ? texts.filter((text) => typeof text === "string") : [String(texts)],
    ]),
  );
}

/** Whose credential the server no longer accepts. */
export type SignedOut = { server: string; account: AccountKind };

export function signedOut(error: CommandError): SignedOut | null {
  if (error.code !== "signed_out") return null;
  return accountParams(error);
}

/** The account whose sign-in had ended and has renewed itself: what was asked for was not done, and can be now. */
export function renewedSignIn(error: CommandError): SignedOut | null {
  return error.code === "sign_in_renewed" ? accountParams(error) : null;
}

/** The account a call needed and this server does not have yet. */
export function missingAccount(error: CommandError): SignedOut | null {
  if (error.code !== "no_account") return null;
  return accountParams(error);
}

/** The account an error is about, where it names one. */
export function accountOf(error: CommandError): AccountKind | null {
  const account = textParam(error, "account");
  return account === "admin" || account === "client" || account === "billing" ? account : null;
}

function accountParams(error: CommandError): SignedOut | null {
  const server = textParam(error, "server");
  const account = accountOf(error);
  return server === null || account === null ? null : { server, account };
}

/** A certificate a person has to decide about. `pinned` is set when another one was trusted before. */
export type Certificate = {
  host: string;
  port: number | null;
  fingerprint: string;
  subject: string;
  issuer: string;
  notBefore: string | null;
  notAfter: string | null;
  names: string[];
  why: "unknown_issuer" | "expired" | "not_yet_valid" | "wrong_name" | "other";
  pinned: string | null;
};

export function certificate(error: CommandError | null): Certificate | null {
  if (error === null || error.code !== "certificate_untrusted") return null;
  const names = params(error).names;
  const why = textParam(error, "why");
  return {
    host: textParam(error, "host") ?? "",
    port: numberParam(error, "port"),
    fingerprint: textParam(error, "fingerprint") ?? "",
    subject: textParam(error, "subject") ?? "",
    issuer: textParam(error, "issuer") ?? "",
    notBefore: textParam(error, "notBefore"),
    notAfter: textParam(error, "notAfter"),
    names: Array.isArray(names) ? names.filter((name) => typeof name === "string") : [],
    why:
      why === "unknown_issuer" || why === "expired" || why === "not_yet_valid" || why === "wrong_name"
        ? why
        : "other",
    pinned: textParam(error, "pinned"),
  };
}

/** A sign-in that waits for one of the account's other sessions to be ended. */
export type TooManySessions = { limit: number | null; sessions: SessionView[]; captcha: boolean };

export function tooManySessions(error: CommandError | null): TooManySessions | null {
  if (error === null || error.code !== "too_many_sessions") return null;
  return {
    limit: numberParam(error, "limit"),
    sessions: listParam(error, "sessions").filter(isSession),
    captcha: params(error).captcha === true,
  };
}

function isSession(value: unknown): value is SessionView {
  return isRecord(value) && typeof value.id === "number";
}

/** Whether the answer to a captcha was wrong; null where no captcha is asked for. */
export function captchaAsked(error: CommandError | null): "first" | "wrong" | null {
  if (error === null || error.code !== "captcha_required") return null;
  return params(error).wrong === true ? "wrong" : "first";
}

/** What the server itself said, where that is more than the texts already shown beside fields. */
export function serverMessage(error: CommandError): string | null {
  return Object.keys(fieldTexts(error)).length > 0 ? null : textParam(error, "message");
}

/** True when a write may have taken effect although it failed: what it changes has to be looked at again. */
export function mayHaveHappened(code: ErrorCode): boolean {
  return code === "write_unknown";
}
