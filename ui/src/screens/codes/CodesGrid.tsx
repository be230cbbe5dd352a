import type { UseQueryResult } from "@tanstack/react-query";
import { type Ref, useCallback, useState } from "react";
import type { CodeFilter } from "../../core/bindings/CodeFilter";
import type { CodeRow } from "../../core/bindings/CodeRow";
import type { CodesLoaded } from "../../core/bindings/CodesLoaded";
import type { CommandError } from "../../core/bindings/CommandError";
import { listCodes } from "../../core/bindings/commands";
import { sameWindows, useWindows } from "../../core/useRead";
import { useTexts } from "../../i18n/texts";
import { Confirmed } from "../../parts/Confirmed";
import { Empty } from "../../parts/Empty";
import { ErrorNote } from "../../parts/ErrorNote";
import { Grid, type GridHandle, type Selection } from "../../parts/Grid";
import { isolated } from "../../parts/oneLine";
import { Skeleton } from "../../parts/Skeleton";
import { StatusLine } from "../../parts/StatusLine";
import { Tabs } from "../../parts/Tabs";
import { useFound } from "../search/found";
import { useCodeColumns } from "./codeColumns";
import { CLOCK } from "./openedCode";

const FILTERS = ["all", "live", "ended", "unresolved"] as const satisfies readonly CodeFilter[];

type CodesGridProps = {
  server: string;
  load: UseQueryResult<CodesLoaded, CommandError>;
  filter: CodeFilter;
  search: string;
  selected: string | null;
  selection: Selection<CodeRow>;
  onFilter: (filter: CodeFilter) => void;
  onOpen: (row: CodeRow) => void;
  onDelete: () => void;
  ref?: Ref<GridHandle<CodeRow>>;
};

export function CodesGrid(props: CodesGridProps) {
  const { server, load, filter, search } = props;
  const { t } = useTexts();
  const found = useFound();
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const onVisible = useCallback(
    (first: number, last: number) => setVisible((seen) => sameWindows(seen, { first, last })),
    [],
  );
  const columns = useCodeColumns();
  const codes = useWindows(listCodes, { server, filter, search }, visible, {
    after: load.dataUpdatedAt,
    every: CLOCK,
  });
  const counts = codes.some?.counts;
  const listedAt = codes.some?.listedAt ?? null;

  return (
    <Tabs
      label={t("codes.show")}
      value={filter}
      onChange={props.onFilter}
      tabs={FILTERS.map((value) => ({ value, label: t(`codes.filter.${value}`), count: counts?.[value] }))}
    >
      {codes.error !== null && <ErrorNote error={codes.error} />}
      {codes.error === null && (codes.some === undefined || (load.isPending && codes.total === 0)) && (
        <Skeleton rows={10} />
      )}
      {!load.isPending && codes.some !== undefined && codes.total === 0 && (
        <Empty title={search === "" ? t(`codes.empty.${filter}`) : t("codes.noMatch", { search })} />
      )}
      {codes.total > 0 && (
        <Grid
          ref={props.ref ?? null}
          found={found}
          crowded
          label={t("codes.title")}
          columns={columns}
          total={codes.total}
          late={codes.late}
          rowAt={codes.rowAt}
          rowName={(row) => [row.code ?? t("codes.noDigits"), isolated(row.title)].join(" ")}
          rowKey={(row) => row.key}
          selected={props.selected}
          selection={props.selection}
          onOpen={props.onOpen}
          onDelete={props.onDelete}
          onVisible={onVisible}
        />
      )}
      <StatusLine>
        {counts !== undefined && <span>{t("codes.liveOf", { live: counts.live, all: counts.all })}</span>}
        {listedAt !== null && (
          <span>
            <Confirmed at={listedAt} />
          </span>
        )}
        {load.data !== undefined && <span>{t(`codes.adminState.${load.data.adminListing}`)}</span>}
      </StatusLine>
    </Tabs>
  );
}
