import { useState } from "react";
import type { CodeFilter } from "../../core/bindings/CodeFilter";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { listCodes } from "../../core/bindings/commands";
import { useTexts } from "../../i18n/texts";
import type { Selection } from "../../parts/Grid";
import { isolated } from "../../parts/oneLine";
import { MOST } from "./openedCode";

type Question = { server: string; filter: CodeFilter; search: string };
type Picked = { of: string; rows: ReadonlyMap<string, CodeRow>; full: boolean };

/**
 * Codes picked to do something with all of them at once. They belong to the question they were picked under: another
 * filter or search starts anew, so that nothing out of sight is ever acted upon.
 */
export function useCodeSelection(question: Question) {
  const { t } = useTexts();
  const of = JSON.stringify(question);
  const [state, setPicked] = useState<Picked>({ of, rows: new Map(), full: false });
  const picked: Picked = state.of === of ? state : { of, rows: new Map(), full: false };
  const put = (rows: ReadonlyMap<string, CodeRow>) => {
    const kept = [...rows].slice(0, MOST);
    setPicked({ of, rows: new Map(kept), full: rows.size > MOST });
  };
  // Asked of the core: of a long list only the rows in sight are here.
  const add = async (offset: number, limit: number) => {
    const found = await listCodes
      .run({ ...question, offset, limit: Math.min(limit, MOST) })
      .catch(() => null);
    if (found === null) return;
    setPicked((before) => {
      const rows = new Map(before.of === of ? before.rows : []);
      for (const row of found.rows) rows.set(row.key, row);
      const more = limit > MOST && found.total > offset + MOST;
      return { of, rows: new Map([...rows].slice(0, MOST)), full: rows.size > MOST || more };
    });
  };
  const toggle = (row: CodeRow) => {
    const rows = new Map(picked.rows);
    if (!rows.delete(row.key)) rows.set(row.key, row);
    put(rows);
  };
  const clear = () => setPicked({ of, rows: new Map(), full: false });
  const selection: Selection<CodeRow> = {
    any: picked.rows.size > 0,
    has: (row) => picked.rows.has(row.key),
    label: (row) => t("codes.select", { code: `${row.code ?? t("codes.noDigits")} ${isolated(row.title)}` }),
    toggle,
    extend: (from, to) => void add(Math.min(from, to), Math.abs(to - from) + 1),
    all: () => void add(0, Number.MAX_SAFE_INTEGER),
    clear,
  };
  return { selection, rows: [...picked.rows.values()], full: picked.full, clear };
}
