import { Tabs } from "@base-ui/react/tabs";
import type { UseQueryResult } from "@tanstack/react-query";
import { type Ref, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CodeFilter } from "../../core/bindings/CodeFilter";
import type { CodeRow } from "../../core/bindings/CodeRow";
import type { CodesLoaded } from "../../core/bindings/CodesLoaded";
import type { CommandError } from "../../core/bindings/CommandError";
import { listCodes } from "../../core/bindings/commands";
import { useWindows } from "../../core/useRead";
import { CodeDigits } from "../../parts/CodeDigits";
import { Empty } from "../../parts/Empty";
import { ErrorNote } from "../../parts/ErrorNote";
import { type Column, Grid, type GridHandle } from "../../parts/Grid";
import { Moment, RelativeTime } from "../../parts/RelativeTime";
import { Skeleton } from "../../parts/Skeleton";
import { StatusLine } from "../../parts/StatusLine";
import styles from "./CodesScreen.module.css";
import { TimeLeft } from "./TimeLeft";

/** Milliseconds between looks at the core's memory: codes end by themselves. */
const CLOCK = 15_000;
const FILTERS = ["all", "live", "ended", "unresolved"] as const satisfies readonly CodeFilter[];

type CodesGridProps = {
  server: string;
  load: UseQueryResult<CodesLoaded, CommandError>;
  filter: CodeFilter;
  search: string;
  selected: string | null;
  onFilter: (filter: CodeFilter) => void;
  onOpen: (row: CodeRow) => void;
  ref?: Ref<GridHandle>;
};

export function CodesGrid({ server, load, filter, search, selected, onFilter, onOpen, ref }: CodesGridProps) {
  const { t } = useTranslation();
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const onVisible = useCallback((first: number, last: number) => setVisible({ first, last }), []);
  const columns = useColumns();
  const codes = useWindows(listCodes, { server, filter, search }, visible, {
    after: load.dataUpdatedAt,
    every: CLOCK,
  });
  const counts = codes.some?.counts;

  return (
    <Tabs.Root className={styles.list} value={filter} onValueChange={(next) => onFilter(next)}>
      <Tabs.List className={styles.tabs} aria-label={t("codes.show")}>
        {FILTERS.map((each) => (
          <Tabs.Tab key={each} value={each} className={styles.tab}>
            {t(`codes.filter.${each}`)} <span>{counts?.[each] ?? ""}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={filter} className={styles.tabPanel} tabIndex={-1}>
        {codes.error !== null && <ErrorNote error={codes.error} />}
        {codes.error === null && (codes.some === undefined || (load.isPending && codes.total === 0)) && (
          <Skeleton rows={10} />
        )}
        {!load.isPending && codes.some !== undefined && codes.total === 0 && (
          <Empty title={search === "" ? t(`codes.empty.${filter}`) : t("codes.noMatch", { search })} />
        )}
        {codes.total > 0 && (
          <Grid
            ref={ref ?? null}
            label={t("codes.title")}
            columns={columns}
            total={codes.total}
            late={codes.late}
            rowAt={codes.rowAt}
            rowName={(row) => [row.code ?? t("codes.noDigits"), row.title].join(" ")}
            rowKey={(row) => row.key}
            selected={selected}
            onOpen={onOpen}
            onVisible={onVisible}
          />
        )}
      </Tabs.Panel>
      <StatusLine>
        {counts !== undefined && <span>{t("codes.liveOf", { live: counts.live, all: counts.all })}</span>}
        {load.data?.confirmedAt != null && (
          <span>
            {t("common.confirmed")} <RelativeTime at={load.data.confirmedAt} />
          </span>
        )}
      </StatusLine>
    </Tabs.Root>
  );
}

function useColumns(): Column<CodeRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { key: "code", title: t("codes.code"), width: "88px", cell: (row) => <CodeDigits code={row.code} /> },
      {
        key: "title",
        title: t("codes.titleColumn"),
        width: "minmax(96px, 1.4fr)",
        cell: (row) => <span title={row.title}>{row.title}</span>,
      },
      { key: "flat", title: t("codes.flat"), width: "48px", cell: (row) => row.flatNumber ?? "—" },
      {
        key: "intercom",
        title: t("codes.intercom"),
        width: "minmax(80px, 1.2fr)",
        spare: true,
        cell: (row) => intercomName(t, row),
      },
      {
        key: "until",
        title: t("codes.until"),
        width: "minmax(148px, 1fr)",
        cell: (row) => <Moment at={row.until} />,
      },
      {
        key: "left",
        title: t("codes.left"),
        width: "minmax(136px, 0.9fr)",
        cell: (row) => <TimeLeft row={row} />,
      },
      {
        key: "origin",
        title: t("codes.origin"),
        width: "minmax(96px, 1.6fr)",
        spare: true,
        cell: (row) => (
          <span title={t(`codes.originOf.${row.origin}`)}>{t(`codes.originOf.${row.origin}`)}</span>
        ),
      },
    ],
    [t],
  );
}

export function intercomName(t: ReturnType<typeof useTranslation>["t"], row: CodeRow): string {
  return row.intercomTitle ?? t("intercoms.onlyId", { id: row.intercom });
}
