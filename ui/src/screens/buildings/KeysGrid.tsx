import type { TFunction } from "i18next";
import { Copy } from "lucide-react";
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useShortcut } from "../../app/shortcuts";
import { copyText, listKeys } from "../../core/bindings/commands";
import type { KeyRow } from "../../core/bindings/KeyRow";
import type { KeySort } from "../../core/bindings/KeySort";
import { useLatest } from "../../core/useLatest";
import { sameWindows, useWindows } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Confirmed } from "../../parts/Confirmed";
import { Empty } from "../../parts/Empty";
import { ErrorNote } from "../../parts/ErrorNote";
import { type Column, Grid, type GridHandle } from "../../parts/Grid";
import { isolated } from "../../parts/oneLine";
import { Moment } from "../../parts/RelativeTime";
import { ServerText } from "../../parts/ServerText";
import { StatusLine } from "../../parts/StatusLine";
import { useFound } from "../search/found";
import styles from "./BuildingsScreen.module.css";
import { Owner } from "./FlatPeople";

type KeysGridProps = {
  server: string;
  intercom: number;
  filter: string;
  loadedAt: number;
  /** The flat that is open, by record id. */
  selected: number | null;
  onOpenFlat: (flat: number) => void;
  ref: Ref<GridHandle>;
};

/** The keys of one intercom. Enter opens a key's flat, one key copies it as the server writes it. */
export function KeysGrid({ server, intercom, filter, loadedAt, selected, onOpenFlat, ref }: KeysGridProps) {
  const { t } = useTexts();
  const found = useFound();
  const [sorting, setSorting] = useState<{ by: KeySort; descending: boolean }>({
    by: "flat",
    descending: false,
  });
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const onVisible = useCallback(
    (first: number, last: number) => setVisible((seen) => sameWindows(seen, { first, last })),
    [],
  );
  const inner = useRef<GridHandle<KeyRow>>(null);
  useImperativeHandle(ref, () => ({
    focus: () => inner.current?.focus(),
    active: () => inner.current?.active(),
  }));
  const copy = useWrite(copyText);
  const [copied, setCopied] = useState<string | null>(null);
  const keys = useWindows(
    listKeys,
    { server, intercom, filter, sort: sorting.by, descending: sorting.descending },
    visible,
    { after: loadedAt },
  );
  const loaded = keys.some?.loaded ?? 0;
  const oldestAt = keys.some?.oldestAt ?? null;
  const copyOne = useLatest((row: KeyRow) => {
    setCopied(null);
    void copy.run({ text: row.key }).then((outcome) => outcome.done && setCopied(row.key));
  });
  useShortcut("c", t("keys.copyKey"), () => {
    const row = inner.current?.active();
    if (row !== undefined) copyOne(row);
  });
  const columns = useMemo(() => columnsOf(t, copyOne), [t, copyOne]);

  if (keys.error !== null) return <ErrorNote error={keys.error} />;
  return (
    <>
      {copy.error !== null && <ErrorNote error={copy.error} />}
      {keys.some !== undefined && keys.total === 0 ? (
        <Empty title={loaded === 0 ? t("fobs.empty") : t("fobs.noMatch", { filter })} />
      ) : (
        <Grid
          ref={inner}
          found={found}
          label={t("fobs.title")}
          columns={columns}
          total={keys.total}
          late={keys.late}
          rowAt={keys.rowAt}
          rowName={(row) => t("fobs.row", { key: isolated(row.key) })}
          rowKey={(row) => row.flat?.id ?? `key ${row.id}`}
          selected={selected}
          onOpen={(row) => row.flat !== null && onOpenFlat(row.flat.id)}
          onVisible={onVisible}
          sorting={{
            ...sorting,
            onSort: (by) => setSorting({ by, descending: by === sorting.by ? !sorting.descending : false }),
          }}
        />
      )}
      <StatusLine>
        <span>
          {filter === ""
            ? t("fobs.count", { count: loaded })
            : t("fobs.countOf", { count: keys.total, total: loaded })}
        </span>
        {oldestAt !== null && (
          <span>
            <Confirmed at={oldestAt} />
          </span>
        )}
        <span role="status">{copied !== null && t("fobs.copied", { key: isolated(copied) })}</span>
      </StatusLine>
    </>
  );
}

function columnsOf(t: TFunction, copyOne: (row: KeyRow) => void): Column<KeyRow, KeySort>[] {
  return [
    {
      key: "key",
      title: t("fobs.key"),
      width: "minmax(152px, 1.2fr)",
      sort: "key",
      cell: (row) => (
        <span className={styles.key}>
          <ServerText cut>{row.key}</ServerText>
        </span>
      ),
    },
    {
      key: "flat",
      title: t("fobs.flat"),
      width: "minmax(56px, 0.5fr)",
      sort: "flat",
      cell: (row) =>
        row.flat === null ? (
          <span className={styles.faint}>{t("fobs.noFlat")}</span>
        ) : (
          <b>
            <ServerText cut>{row.flat.number}</ServerText>
          </b>
        ),
    },
    {
      key: "owner",
      title: t("fobs.owner"),
      width: "minmax(96px, 1.6fr)",
      sort: "owner",
      cell: (row) => <Owner owner={row.owner} />,
    },
    {
      key: "created",
      title: t("fobs.created"),
      width: "minmax(136px, 1fr)",
      sort: "created",
      spare: "below",
      cell: (row) => <Moment at={row.createdAt} />,
    },
    {
      key: "copy",
      title: t("fobs.copyColumn"),
      width: "56px",
      act: copyOne,
      cell: (row) => (
        <Button
          look="quiet"
          className={styles.copyKey}
          tabIndex={-1}
          aria-label={t("fobs.copy", { key: isolated(row.key) })}
          title={t("fobs.copy", { key: isolated(row.key) })}
          icon={<Copy aria-hidden="true" />}
          onClick={(event) => {
            event.stopPropagation();
            copyOne(row);
          }}
        />
      ),
    },
  ];
}
