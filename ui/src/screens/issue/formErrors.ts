import type { TFunction } from "i18next";
import type { CommandError } from "../../core/bindings/CommandError";
import { fieldTexts } from "../../core/errors";
import { errorWords } from "../../i18n/errorWords";

export const TITLE_FIELDS = ["title"];
export const UNTIL_FIELDS = ["expired_at", "until"];

/** The texts that belong beside one field: the core's own, or the server's. */
export function fieldErrors(
  t: TFunction,
  error: CommandError | null,
  code: "title_invalid" | "until_invalid",
  fields: readonly string[],
): string[] {
  if (error === null) return [];
  if (error.code === code) {
    const words = errorWords(t, error);
    return [words.detail ?? words.title];
  }
  const texts = fieldTexts(error);
  return fields.flatMap((field) => texts[field] ?? []);
}

/** What stands beside its field needs no note below. */
export function noteNeeded(error: CommandError): boolean {
  return error.code !== "title_invalid" && error.code !== "until_invalid";
}

/** The server refused the end although it lies ahead by this computer's clock: it may live in another zone. */
export function isZoneSuspect(error: CommandError | null, end: number | null, now: number): boolean {
  const refused = error !== null && UNTIL_FIELDS.some((field) => fieldTexts(error)[field] !== undefined);
  return refused && end !== null && end > now;
}

/**
 * This computer's zone, in minutes east of UTC, where it explains the refusal: a server that keeps it took the end, as it
 * was written in another zone, for one that had passed when it was asked.
 */
export function zoneThatFits(end: number, askedAt: number, writtenIn: number): number | null {
  const own = -new Date(end).getTimezoneOffset();
  return end - (own - writtenIn) * 60_000 <= askedAt ? own : null;
}
