import { type Ref, useCallback, useState } from "react";
import { listFlats } from "../../core/bindings/commands";
import type { FlatRow } from "../../core/bindings/FlatRow";
import type { FlatSort } from "../../core/bindings/FlatSort";
import type { LineName } from "../../core/bindings/LineName";
import { useLatest } from "../../core/useLatest";
import { sameWindows, useWindows } from "../../core/useRead";
import { useTexts } from "../../i18n/texts";
import { Confirmed } from "../../parts/Confirmed";
import { Empty } from "../../parts/Empty";
import { ErrorNote } from "../../parts/ErrorNote";
import { Grid, type GridHandle } from "../../parts/Grid";
import { isolated } from "../../parts/oneLine";
import { StatusLine } from "../../parts/StatusLine";
import { useAway } from "../../parts/useAway";
import { useFound } from "../search/found";
import { useFlatColumns } from "./flatColumns";
import { lineKey, shownState, useLineSwitches } from "./lineSwitches";
import { WhichWay } from "./WhichWay";

export type OpenFlat = { id: number | null; number: string };

type FlatsGridProps = {
  server: string;
  intercom: number;
  place: string | null;
  filter: string;
  /** When the flats were loaded last, in milliseconds: the core's memory changed then. */
  loadedAt: number;
  selected: string | number | null;
  canSwitch: boolean;
  onOpen: (flat: OpenFlat) => void;
  ref?: Ref<GridHandle<FlatRow>>;
};

/** What a row is known by: its record, or where there is none, the number on the door. */
export function flatKey(flat: OpenFlat): string | number {
  return flat.id ?? `door ${flat.number}`;
}

export function FlatsGrid({
  server,
  intercom,
  place,
  filter,
  loadedAt,
  selected,
  canSwitch,
  onOpen,
  ref,
}: FlatsGridProps) {
  const { t } = useTexts();
  const found = useFound();
  const switches = useLineSwitches();
  const away = useAway(server);
  const [sorting, setSorting] = useState<{ by: FlatSort; descending: boolean }>({
    by: "number",
    descending: false,
  });
  const [asking, setAsking] = useState<{ row: FlatRow; line: LineName } | null>(null);
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const onVisible = useCallback(
    (first: number, last: number) => setVisible((seen) => sameWindows(seen, { first, last })),
    [],
  );
  const flats = useWindows(
    listFlats,
    { server, intercom, filter, sort: sorting.by, descending: sorting.descending },
    visible,
    { after: loadedAt },
  );
  const loaded = flats.some?.loaded ?? 0;
  const oldestAt = flats.some?.oldestAt ?? null;

  const switchOf = useCallback(
    (row: FlatRow, line: LineName) => switches.of(lineKey({ server, intercom, flat: row, line })),
    [switches, server, intercom],
  );
  const ask = (row: FlatRow, line: LineName, on: boolean) => {
    const before = shownState(row.lines[line], switchOf(row, line)).state;
    const flat = { id: row.id, number: row.number };
    switches.ask({ server, intercom, place, flat, line, on, before });
  };
  const act = useLatest((row: FlatRow, line: LineName) => {
    if (flats.late || away !== null) return;
    const { state } = shownState(row.lines[line], switchOf(row, line));
    if (state === "unknown") setAsking({ row, line });
    else ask(row, line, state !== "on");
  });
  const columns = useFlatColumns({ canSwitch, blocked: away, switchOf, act });

  if (flats.error !== null) return <ErrorNote error={flats.error} />;
  return (
    <>
      {flats.some !== undefined && flats.total === 0 ? (
        <Empty title={loaded === 0 ? t("flats.empty") : t("flats.noMatch", { filter })} />
      ) : (
        <Grid
          ref={ref ?? null}
          found={found}
          label={t("flats.title")}
          columns={columns}
          total={flats.total}
          late={flats.late}
          rowAt={flats.rowAt}
          rowName={(row) => t("flats.flat", { number: isolated(row.number) })}
          rowKey={flatKey}
          selected={selected}
          onOpen={onOpen}
          onVisible={onVisible}
          sorting={{
            ...sorting,
            onSort: (by) =>
              setSorting({
                by,
                descending: by === sorting.by ? !sorting.descending : by === "keys" || by === "residents",
              }),
          }}
        />
      )}
      {asking !== null && (
        <WhichWay
          line={asking.line}
          number={asking.row.number}
          onChoose={(on) => {
            ask(asking.row, asking.line, on);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      <StatusLine>
        <span>
          {filter === ""
            ? t("flats.count", { count: loaded })
            : t("flats.countOf", { count: flats.total, total: loaded })}
        </span>
        {oldestAt !== null && (
          <span>
            <Confirmed at={oldestAt} />
          </span>
        )}
      </StatusLine>
    </>
  );
}
