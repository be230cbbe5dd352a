import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { CodeDeleted } from "../../core/bindings/CodeDeleted";
import type { CodeListing } from "../../core/bindings/CodeListing";
import type { CodeRow } from "../../core/bindings/CodeRow";
import type { CommandError } from "../../core/bindings/CommandError";
import { deleteCodes, listCodes, loadCodes } from "../../core/bindings/commands";
import { useWrites } from "../../core/CoreProvider";
import { mayHaveHappened, toCommandError } from "../../core/errors";
import { invalidate } from "../../core/invalidate";
import type { Stopped, Writes } from "../../core/writes";
import { windowState } from "../../parts/windowState";
import { MOST } from "./openedCode";

type Asked = Pick<CodeRow, "key" | "account" | "id" | "code" | "title">;

/** One code that was to be deleted. Without a result it is on its way, or waits for the ones before it. */
export type Deleting = Asked & {
  started: boolean;
  result: CodeDeleted | null;
  stopped: Stopped | null;
  /** What a later look told. */
  seen: "gone" | "listed" | "not_looked" | null;
};

/** The deletions of one server, kept until the person closes them, whatever they look at meanwhile. */
export type DeletionRun = {
  codes: readonly Deleting[];
  pending: boolean;
  looking: boolean;
  /** How the whole of the last request, or of a look, failed. */
  error: CommandError | null;
};

const useRuns = windowState<Record<string, DeletionRun>>({});
const NOTHING: DeletionRun = { codes: [], pending: false, looking: false, error: null };

/** What can be sent again without doing anything twice: it was kept, and the cause has passed or may have. */
export function canRetry({ result, stopped }: Deleting, writes: Writes): boolean {
  if (result?.outcome !== "kept" || result.error === null) return false;
  return stopped === null ? result.error.retryable : writes.offeredAgain(stopped);
}

export function needsLook({ result }: Deleting): boolean {
  return result?.outcome === "unknown" || result?.outcome === "still_there";
}

/** The same code whatever its row is called by now: a row the desk remembered gets another key once the server lists it. */
function isSame(one: Asked, other: Asked): boolean {
  if (one.id === null || other.id === null) return one.key === other.key;
  return one.account === other.account && one.id === other.id;
}

export function useDeletion(server: string) {
  const writes = useWrites();
  const client = useQueryClient();
  const [runs, setRuns] = useRuns();
  const mine = runs[server] ?? null;
  // A sign-in changes what can be tried again.
  const retryable = useSyncExternalStore(
    writes.subscribe,
    () => (mine?.codes ?? []).filter((one) => canRetry(one, writes)).length,
  );
  const change = (next: (before: DeletionRun) => DeletionRun) =>
    setRuns((before) => ({ ...before, [server]: next(before[server] ?? NOTHING) }));

  const ask = async (rows: readonly Asked[]) => {
    if (rows.length === 0) return;
    let isRunning = false;
    change((before) => {
      isRunning = before.pending;
      const asked = rows.map(({ key, account, id, code, title }) => ({
        ...{ key, account, id, code, title },
        ...{ started: false, result: null, stopped: null, seen: null },
      }));
      // What is still on its way is not asked for a second time; what ended before is told anew.
      const going = before.codes.filter((one) => one.result === null);
      const fresh = asked.filter((one) => !going.some((other) => isSame(one, other)));
      const kept = before.codes.filter((one) => !fresh.some((other) => isSame(one, other)));
      return { ...before, codes: [...fresh, ...kept], pending: true, error: null };
    });
    if (isRunning) return;
    while (await sendNext()) {
      // What was confirmed meanwhile goes next.
    }
  };

  /** Sends everything that waits; false when nothing did. */
  const sendNext = async (): Promise<boolean> => {
    const batch: Deleting[] = [];
    change((before) => {
      batch.push(...before.codes.filter((one) => !one.started));
      const codes = before.codes.map((one) => ({ ...one, started: true }));
      return { ...before, codes, pending: batch.length > 0 };
    });
    if (batch.length === 0) return false;
    const sent = await writes.send(deleteCodes, { server, keys: batch.map(({ key }) => key) });
    const results = new Map(sent.done ? sent.answer.results.map((result) => [result.key, result]) : []);
    const ended = batch.map((one): Deleting => {
      const result = results.get(one.key) ?? unanswered(one, sent.done ? null : sent.error);
      const ownStop = sent.done && result.error !== null ? writes.failed(result.error) : null;
      return { ...one, started: true, result, stopped: sent.done ? ownStop : sent.stopped };
    });
    change((before) => ({
      ...before,
      error: sent.done ? before.error : sent.error,
      codes: before.codes.map((one) => ended.find((other) => isSame(one, other)) ?? one),
    }));
    return true;
  };

  const lookAgain = async () => {
    change((before) => ({ ...before, looking: true, error: null }));
    let found: { rows: CodeRow[]; listing: Record<string, CodeListing> } | null = null;
    let error: CommandError | null = null;
    try {
      const { listing, adminListing } = await loadCodes.run({ server });
      found = { rows: await allCodes(server), listing: { client: listing, admin: adminListing } };
    } catch (thrown) {
      error = toCommandError(thrown);
    }
    change((before) => ({
      ...before,
      looking: false,
      error,
      codes: before.codes.map((one) => (needsLook(one) ? { ...one, seen: seen(one, found) } : one)),
    }));
    void invalidate(client, ["codes"]);
  };

  return {
    run: mine !== null && mine.codes.length > 0 ? mine : null,
    retryable,
    offeredAgain: (mine?.codes ?? []).some((one) => one.stopped !== null && canRetry(one, writes)),
    start: (rows: readonly CodeRow[]) => void ask(rows),
    retry: () => void ask((mine?.codes ?? []).filter((one) => canRetry(one, writes))),
    lookAgain: () => void lookAgain(),
    close: () => change((before) => (before.pending ? before : NOTHING)),
  };
}

/** What became of a code whose request failed as a whole, or that the answer left out. */
function unanswered({ key, title }: Asked, error: CommandError | null): CodeDeleted {
  const outcome = error === null || mayHaveHappened(error.code) ? "unknown" : "kept";
  return { key, title, outcome, error };
}

/** Only a list that is whole proves that a code is gone; the desk's own memory proves nothing. */
function seen(
  one: Deleting,
  found: { rows: CodeRow[]; listing: Record<string, CodeListing> } | null,
): Deleting["seen"] {
  if (found === null || found.listing[one.account] !== "complete" || one.id === null) return "not_looked";
  return found.rows.some((row) => isSame(one, row)) ? "listed" : "gone";
}

async function allCodes(server: string): Promise<CodeRow[]> {
  const rows: CodeRow[] = [];
  for (let offset = 0; ; offset += MOST) {
    const found = await listCodes.run({ server, filter: "all", search: "", offset, limit: MOST });
    rows.push(...found.rows);
    if (found.rows.length === 0 || offset + MOST >= found.total) return rows;
  }
}
