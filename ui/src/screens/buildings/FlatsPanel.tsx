import { KeyRound, RefreshCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { useShortcut } from "../../app/shortcuts";
import { forgetIntercom, listFlats, loadFlats, loadKeys } from "../../core/bindings/commands";
import type { FlatRow } from "../../core/bindings/FlatRow";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import type { ServerView } from "../../core/bindings/ServerView";
import { later } from "../../core/later";
import { abilities } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { FilterField } from "../../parts/FilterField";
import type { GridHandle } from "../../parts/Grid";
import { isolated } from "../../parts/oneLine";
import { Skeleton } from "../../parts/Skeleton";
import { Tabs } from "../../parts/Tabs";
import styles from "./BuildingsScreen.module.css";
import { capability } from "./capability";
import { FlatsGrid, flatKey, type OpenFlat } from "./FlatsGrid";
import { FlatsNotes } from "./FlatsNotes";
import { firstFlats } from "./firstPlace";
import { ShortNameButton } from "./ShortNameButton";
import { SwitchesList } from "./SwitchesList";

const KeysView = later(async () => (await import("./KeysView")).KeysView);

type FlatsPanelProps = {
  server: ServerView;
  intercom: number;
  row: IntercomRow | null;
  view: "flats" | "keys";
  selected: string | number | null;
  /** When the open flat was read last, in milliseconds. */
  flatReadAt: number;
  filter: string;
  onFilter: (filter: string) => void;
  onView: (view: "flats" | "keys") => void;
  /** `byNumber`: the flat's number was typed and Enter pressed, so the person came for the flat, not the list. */
  onOpenFlat: (flat: OpenFlat, byNumber: boolean, elsewhere?: number) => void;
  onIssue: () => void;
  onForgotten: () => void;
};

/** One intercom: what can be done with the panel itself, its flats and its keys. */
export function FlatsPanel(props: FlatsPanelProps) {
  const { server, intercom, row, view, selected, filter, onFilter, onOpenFlat } = props;
  const { t } = useTexts();
  const flats = useRef<GridHandle<FlatRow>>(null);
  const keys = useRef<GridHandle>(null);
  const load = useRead(loadFlats, { server: server.id, intercom });
  const keyLoad = useRead(loadKeys, { server: server.id, intercom }, { enabled: view === "keys" });
  const forget = useWrite(forgetIntercom);
  const shown = view === "flats" ? load : keyLoad;
  const listing = shown.data?.listing;
  const listed = listing === "complete" || listing === "partial" || listing === "range";
  // What is remembered is shown until the server has its say.
  const remembered = useRead(listFlats, firstFlats(server.id, intercom), {
    enabled: load.data === undefined,
    after: 0,
  });
  const isRemembered = load.data === undefined && (remembered.data?.loaded ?? 0) > 0;
  const hasFlats = isRemembered || (view === "flats" && listed);
  const canSwitch = abilities(server).lines && capability(server, "switch_lines") !== "missing";
  const title = isolated(row?.title ?? t("intercoms.onlyId", { id: intercom }));

  useShortcut("r", t("keys.refresh"), () => void shown.refetch());

  const toGrid = () => (view === "flats" ? flats : keys).current?.focus();
  // Asked of the core, not read off the list: what is painted may still answer what was typed before.
  const openTyped = async () => {
    const request = { sort: "number", descending: false, offset: 0, limit: 1 } as const;
    const found = await listFlats.run({ server: server.id, intercom, filter, ...request }).catch(() => null);
    const first = found?.rows[0];
    const meant = found?.total === 1 || first?.number.toLowerCase() === filter.trim().toLowerCase();
    if (first !== undefined && meant) onOpenFlat(first, true);
    else toGrid();
  };
  const wasSelected = useRef(selected);
  useEffect(() => {
    // The closed flat had the focus: it goes back to the list, never to nowhere.
    if (wasSelected.current !== null && selected === null) (flats.current ?? keys.current)?.focus();
    wasSelected.current = selected;
  }, [selected]);

  return (
    <section className={styles.panel} aria-label={t(view === "flats" ? "flats.title" : "fobs.title")}>
      <header className={styles.bar}>
        <h1 title={title}>{title}</h1>
        {row !== null && <ShortNameButton server={server.id} row={row} title={title} />}
        {(hasFlats || listed) && (
          <FilterField
            label={t(view === "flats" ? "flats.filter" : "fobs.filter")}
            value={filter}
            onChange={onFilter}
            onLeave={toGrid}
            {...(view === "flats" ? { onEnter: () => void openTyped() } : {})}
          />
        )}
        {abilities(server).codeForIntercom && (
          <Button icon={<KeyRound aria-hidden="true" />} onClick={props.onIssue}>
            {t("intercoms.code")}
          </Button>
        )}
        {row?.added === true && (
          <Button
            look="quiet"
            busy={forget.pending}
            onClick={() =>
              void forget
                .run({ server: server.id, intercom })
                .then((left) => left.done && props.onForgotten())
            }
          >
            {t("intercoms.forget")}
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={t("common.refresh")}
          title={t("common.refresh")}
          icon={<RefreshCw aria-hidden="true" />}
          busy={shown.isFetching}
          onClick={() => void shown.refetch()}
        />
      </header>
      <SwitchesList
        server={server.id}
        isOpen={(one) => one.intercom === intercom && flatKey(one.flat) === selected}
        onOpenFlat={(one) => onOpenFlat(one.flat, false, one.intercom)}
      />
      {forget.error !== null && <ErrorNote error={forget.error} />}
      <Tabs
        label={t("flats.views")}
        value={view}
        onChange={(next) => {
          onFilter("");
          props.onView(next);
        }}
        tabs={[
          { value: "flats", label: t("flats.title") },
          { value: "keys", label: t("fobs.title") },
        ]}
      >
        {view === "keys" && (
          <KeysView
            server={server}
            intercom={intercom}
            load={keyLoad}
            filter={filter}
            selected={typeof selected === "number" ? selected : null}
            onOpenFlat={(id) => onOpenFlat({ id, number: "" }, false)}
            grid={keys}
          />
        )}
        {view === "flats" && load.isPending && !isRemembered && <Skeleton rows={12} />}
        {view === "flats" && (!load.isPending || isRemembered) && (
          <div className={styles.content}>
            <FlatsNotes
              server={server}
              load={load}
              remembered={isRemembered}
              onOpenFlat={(id) => onOpenFlat({ id, number: "" }, true)}
              onOpenDoor={(number) => onOpenFlat({ id: null, number }, true)}
            />
            {hasFlats && (
              <FlatsGrid
                ref={flats}
                server={server.id}
                intercom={intercom}
                place={row?.title ?? null}
                filter={filter}
                loadedAt={Math.max(load.dataUpdatedAt, props.flatReadAt)}
                selected={selected}
                canSwitch={canSwitch}
                onOpen={(flat) => onOpenFlat(flat, false)}
              />
            )}
          </div>
        )}
      </Tabs>
    </section>
  );
}
