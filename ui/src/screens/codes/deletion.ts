import { useQueryClient } from "@tanstack/react-query";
import type { CodeDeleted } from "../../core/bindings/CodeDeleted";
import type { CodeRow } from "../../core/bindings/CodeRow";
import type { CommandError } from "../../core/bindings/CommandError";
import { deleteCodes, listCodes, loadCodes } from "../../core/bindings/commands";
import { useSignInRequests } from "../../core/CoreProvider";
import { renewedSignIn, signedOut, toCommandError } from "../../core/errors";
import { invalidate } from "../../core/invalidate";
import { windowState } from "../../parts/windowState";
import { MOST } from "./openedCode";

/** A deletion that was asked for, kept until the person closes it, whatever they look at meanwhile. */
export type DeletionRun = {
  server: string;
  asked: { key: string; code: string | null; title: string }[];
  pending: boolean;
  results: CodeDeleted[];
  /** How the whole of it failed. */
  error: CommandError | null;
  /** Whether a code was on the list at a later look. */
  seen: Record<string, "gone" | "listed">;
};

const useRuns = windowState<DeletionRun | null>(null);

/** What can be sent again without doing anything twice: it was kept, and the cause may have passed. */
export function canRetry({ outcome, error }: CodeDeleted): boolean {
  return (
    outcome === "kept" &&
    error !== null &&
    (error.retryable || signedOut(error) !== null || renewedSignIn(error) !== null)
  );
}

export function needsLook({ outcome }: CodeDeleted): boolean {
  return outcome === "unknown" || outcome === "still_there";
}

export function useDeletion(server: string) {
  const client = useQueryClient();
  const requests = useSignInRequests();
  const [run, setRun] = useRuns();
  const mine = run !== null && run.server === server ? run : null;

  const refresh = () => invalidate(client, ["codes"]);

  const send = async (rows: DeletionRun["asked"], before: CodeDeleted[]) => {
    if (run?.pending === true || rows.length === 0) return;
    const asked = rows.map(({ key, code, title }) => ({ key, code, title }));
    const kept = before.filter((result) => !asked.some((row) => row.key === result.key));
    const known = [...(mine?.asked ?? []).filter((row) => kept.some((one) => one.key === row.key)), ...asked];
    const base: DeletionRun = { server, asked: known, pending: true, results: kept, error: null, seen: {} };
    setRun(() => base);
    try {
      const { results } = await deleteCodes.run({ server, keys: asked.map((row) => row.key) });
      setRun(() => ({ ...base, pending: false, results: [...results, ...kept] }));
      for (const { error } of results) {
        const account = error === null ? null : signedOut(error);
        if (account !== null) requests.ask(account, "person");
      }
    } catch (thrown) {
      const error = toCommandError(thrown);
      setRun(() => ({ ...base, pending: false, error }));
      const account = signedOut(error);
      if (account !== null) requests.ask(account, "person");
    }
    await refresh();
  };

  const lookAgain = async () => {
    if (mine === null) return;
    try {
      await loadCodes.run({ server });
      const listed = new Set<string>();
      for (let offset = 0; ; offset += MOST) {
        const found = await listCodes.run({ server, filter: "all", search: "", offset, limit: MOST });
        for (const row of found.rows) listed.add(row.key);
        if (found.rows.length === 0 || offset + MOST >= found.total) break;
      }
      const open = mine.results.filter(needsLook).map(({ key }) => key);
      const seen = Object.fromEntries(
        open.map((key) => [key, listed.has(key) ? ("listed" as const) : ("gone" as const)]),
      );
      setRun((before) => (before === null ? null : { ...before, error: null, seen }));
    } catch (thrown) {
      const error = toCommandError(thrown);
      setRun((before) => (before === null ? null : { ...before, error }));
    }
    await refresh();
  };

  return {
    run: mine,
    start: (rows: readonly CodeRow[]) => void send([...rows], []),
    retry: () => {
      if (mine === null) return;
      const again = mine.results.filter(canRetry);
      const rows = again.map(
        ({ key, title }) => mine.asked.find((row) => row.key === key) ?? { key, code: null, title },
      );
      void send(rows, mine.results);
    },
    lookAgain: () => void lookAgain(),
    close: () => setRun(() => null),
  };
}
