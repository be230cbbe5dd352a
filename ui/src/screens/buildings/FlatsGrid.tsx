import { type Ref, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { listFlats } from "../../core/bindings/commands";
import type { FlatRow } from "../../core/bindings/FlatRow";
import type { FlatSort } from "../../core/bindings/FlatSort";
import { useWindows } from "../../core/useRead";
import { Empty } from "../../parts/Empty";
import { ErrorNote } from "../../parts/ErrorNote";
import { type Column, Grid, type GridHandle } from "../../parts/Grid";
import { RelativeTime } from "../../parts/RelativeTime";
import { LineMark } from "../../parts/StateMark";
import { StatusLine } from "../../parts/StatusLine";

type FlatsGridProps = {
  server: string;
  intercom: number;
  filter: string;
  /** When the flats were loaded last, in milliseconds: the core's memory changed then. */
  loadedAt: number;
  confirmedAt: string | null;
  selected: number | null;
  onOpen: (flat: number) => void;
  ref?: Ref<GridHandle>;
};

export function FlatsGrid({
  server,
  intercom,
  filter,
  loadedAt,
  confirmedAt,
  selected,
  onOpen,
  ref,
}: FlatsGridProps) {
  const { t } = useTranslation();
  const [sorting, setSorting] = useState<{ by: FlatSort; descending: boolean }>({
    by: "number",
    descending: false,
  });
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const onVisible = useCallback((first: number, last: number) => setVisible({ first, last }), []);
  const columns = useColumns();
  const flats = useWindows(
    listFlats,
    { server, intercom, filter, sort: sorting.by, descending: sorting.descending },
    visible,
    { after: loadedAt },
  );
  const loaded = flats.some?.loaded ?? 0;

  if (flats.error !== null) return <ErrorNote error={flats.error} />;
  return (
    <>
      {flats.some !== undefined && flats.total === 0 ? (
        <Empty title={loaded === 0 ? t("flats.empty") : t("flats.noMatch", { filter })} />
      ) : (
        <Grid
          ref={ref ?? null}
          label={t("flats.title")}
          columns={columns}
          total={flats.total}
          late={flats.late}
          rowAt={flats.rowAt}
          rowName={(row) => t("flats.flat", { number: row.number })}
          rowKey={(row) => row.id}
          selected={selected}
          onOpen={(row) => onOpen(row.id)}
          onVisible={onVisible}
          sorting={{
            ...sorting,
            onSort: (by) =>
              setSorting({ by, descending: by === sorting.by ? !sorting.descending : by !== "number" }),
          }}
        />
      )}
      <StatusLine>
        <span>
          {filter === ""
            ? t("flats.count", { count: loaded })
            : t("flats.countOf", { count: flats.total, total: loaded })}
        </span>
        {confirmedAt !== null && (
          <span>
            {t("common.confirmed")} <RelativeTime at={confirmedAt} />
          </span>
        )}
      </StatusLine>
    </>
  );
}

function useColumns(): Column<FlatRow, FlatSort>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("flats.number"),
        width: "52px",
        sort: "number",
        cell: (row) => <b>{row.number}</b>,
      },
      {
        key: "residents",
        title: t("flats.residents"),
        width: "minmax(72px, 1fr)",
        sort: "residents",
        spare: true,
        cell: (row) => count(row.residentCount),
      },
      {
        key: "keys",
        title: t("flats.keys"),
        width: "minmax(48px, 1fr)",
        sort: "keys",
        cell: (row) => count(row.keyCount),
      },
      {
        key: "analog",
        title: t("lines.column.analog"),
        width: "minmax(86px, 1fr)",
        cell: (row) => <LineMark short state={row.lines.analog.state} />,
      },
      {
        key: "smartphone",
        title: t("lines.column.smartphone"),
        width: "minmax(86px, 1fr)",
        cell: (row) => <LineMark short state={row.lines.smartphone.state} />,
      },
      {
        key: "landline",
        title: t("lines.column.landline"),
        width: "minmax(86px, 1fr)",
        cell: (row) => <LineMark short state={row.lines.landline.state} />,
      },
      {
        key: "age",
        title: t("flats.age"),
        width: "112px",
        end: true,
        spare: true,
        cell: (row) => <RelativeTime at={row.confirmedAt} />,
      },
    ],
    [t],
  );
}

/** A count the server did not load is not zero. */
function count(value: number | null): string {
  return value === null ? "—" : String(value);
}
