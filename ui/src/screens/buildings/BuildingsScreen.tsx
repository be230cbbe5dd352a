import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { listIntercoms, loadIntercoms, rememberIntercom } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrites } from "../../core/CoreProvider";
import { later } from "../../core/later";
import { useActiveServer } from "../../core/useAppState";
import { useKnown } from "../../core/useKnown";
import { useTexts } from "../../i18n/texts";
import { Empty } from "../../parts/Empty";
import { NoServer } from "../../parts/NoServer";
import { Skeleton } from "../../parts/Skeleton";
import { useFound } from "../search/found";
import styles from "./BuildingsScreen.module.css";
import { flatKey, type OpenFlat } from "./FlatsGrid";
import { FlatsPanel } from "./FlatsPanel";
import { IntercomsList } from "./IntercomsList";
import { isNowhere, useLastPlace } from "./lastPlace";

const DoorPane = later(async () => (await import("./DoorPane")).DoorPane);
const FlatPane = later(async () => (await import("./FlatPane")).FlatPane);
const IntercomCodePane = later(async () => (await import("./IntercomCodePane")).IntercomCodePane);

export function BuildingsScreen() {
  const server = useActiveServer();
  return server === null ? <NoServer /> : <Buildings key={server.id} server={server} />;
}

function Buildings({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const asked = useSearch({ from: "/buildings" });
  const found = useFound();
  const last = useLastPlace(server.id);
  // Whoever comes back without saying where to is where they were.
  const search = isNowhere(asked) ? last.place : asked;
  const list = useKnown(loadIntercoms, listIntercoms, { server: server.id });
  const [byNumber, setByNumber] = useState(false);
  // A flat that was read on its own changes its row in the list, too.
  const [flatReadAt, setFlatReadAt] = useState(0);
  const intercoms = list.data?.intercoms ?? [];
  const chosen = search.intercom ?? list.data?.first ?? undefined;
  const intercom = intercoms.find((each) => each.id === chosen) ?? null;
  const view = search.keys === true ? "keys" : "flats";
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place is worth keeping
  useEffect(() => {
    if (chosen !== undefined) last.setPlace({ ...search, intercom: chosen }, search.intercom !== undefined);
  }, [chosen, search.intercom, search.flat, search.door, search.keys, search.code]);
  const writes = useWrites();
  const isKnown = intercoms.some(({ id }) => id === asked.intercom);
  // What the person chose, not what is shown for want of a choice. That it could not be saved costs them one choice more.
  useEffect(() => {
    // The address may still name another server's.
    if (asked.intercom === undefined || !isKnown) return;
    void writes.send(rememberIntercom, { server: server.id, intercom: asked.intercom });
  }, [writes, server.id, asked.intercom, isKnown]);
  const go = (next: { intercom?: number; flat?: number; door?: string; code?: boolean; keys?: boolean }) =>
    void navigate({
      to: "/buildings",
      search: {
        intercom: next.intercom ?? chosen,
        flat: next.flat,
        door: next.door,
        keys: next.keys ?? search.keys,
        code: next.code,
      },
    });
  const openFlat = (flat: OpenFlat, typed: boolean, elsewhere?: number) => {
    setByNumber(typed);
    const place = elsewhere === undefined ? {} : { intercom: elsewhere };
    go(flat.id === null ? { ...place, door: flat.number } : { ...place, flat: flat.id });
  };
  const close = () => go({});
  const selected =
    search.flat ?? (search.door === undefined ? null : flatKey({ id: null, number: search.door }));
  const paneOpen = chosen !== undefined && (selected !== null || search.code === true);

  return (
    <div className={`${styles.screen} ${paneOpen ? styles.withPane : ""}`}>
      <IntercomsList
        server={server}
        load={list.load}
        rows={list.data?.intercoms}
        chosen={chosen ?? null}
        onChoose={(id) => go({ intercom: id })}
      />
      {chosen === undefined && list.load.isPending && <Skeleton rows={12} />}
      {chosen === undefined && !list.load.isPending && (
        <Empty title={t("buildings.choose")}>
          <p>{t("buildings.chooseText")}</p>
        </Empty>
      )}
      {chosen !== undefined && (
        <FlatsPanel
          key={`flats ${chosen}`}
          server={server}
          intercom={chosen}
          row={intercom}
          view={view}
          selected={selected}
          flatReadAt={flatReadAt}
          onView={(next) => go({ keys: next === "keys" })}
          onOpenFlat={openFlat}
          onIssue={() => go({ code: true })}
          filter={last.filterAt(chosen)}
          onFilter={(filter) => last.setFilter(filter, chosen)}
          onForgotten={() => {
            last.forget();
            void navigate({ to: "/buildings", search: {} });
          }}
        />
      )}
      {paneOpen && search.flat !== undefined && (
        <FlatPane
          key={`flat ${chosen} ${search.flat}`}
          server={server}
          intercom={chosen}
          intercomTitle={intercom?.title ?? null}
          flat={search.flat}
          focusAction={found ?? byNumber}
          onRead={setFlatReadAt}
          onClose={close}
        />
      )}
      {paneOpen && search.flat === undefined && search.door !== undefined && (
        <DoorPane
          key={`door ${chosen} ${search.door}`}
          server={server}
          intercom={chosen}
          intercomTitle={intercom?.title ?? null}
          number={search.door}
          onOpenFlat={(id) => openFlat({ id, number: "" }, true)}
          onClose={close}
        />
      )}
      {paneOpen && selected === null && (
        <IntercomCodePane
          key={`code ${chosen}`}
          server={server}
          intercom={chosen}
          title={intercom?.title ?? null}
          onClose={close}
        />
      )}
    </div>
  );
}
