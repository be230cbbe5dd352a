import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listIntercoms } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useActiveServer } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { Empty } from "../../parts/Empty";
import { NoServer } from "../../parts/NoServer";
import { Skeleton } from "../../parts/Skeleton";
import styles from "./BuildingsScreen.module.css";
import { FlatPane } from "./FlatPane";
import { FlatsPanel } from "./FlatsPanel";
import { IntercomCodePane } from "./IntercomCodePane";
import { IntercomsList } from "./IntercomsList";

export function BuildingsScreen() {
  const server = useActiveServer();
  return server === null ? <NoServer /> : <Buildings key={server.id} server={server} />;
}

function Buildings({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/buildings" });
  const list = useRead(listIntercoms, { server: server.id });
  const [byNumber, setByNumber] = useState(false);
  // A flat that was read on its own changes its row in the list, too.
  const [flatReadAt, setFlatReadAt] = useState(0);
  const intercoms = list.data?.intercoms ?? [];
  const chosen = search.intercom ?? intercoms[0]?.id;
  const intercom = intercoms.find((each) => each.id === chosen) ?? null;
  const go = (next: { intercom?: number; flat?: number; code?: boolean }) =>
    void navigate({
      to: "/buildings",
      search: { intercom: next.intercom, flat: next.flat, code: next.code },
    });
  const close = () => go(chosen === undefined ? {} : { intercom: chosen });
  const paneOpen = chosen !== undefined && (search.flat !== undefined || search.code === true);

  return (
    <div className={`${styles.screen} ${paneOpen ? styles.withPane : ""}`}>
      <IntercomsList
        server={server}
        list={list}
        chosen={chosen ?? null}
        onChoose={(id) => go({ intercom: id })}
      />
      {chosen === undefined && list.isPending && <Skeleton rows={12} />}
      {chosen === undefined && !list.isPending && (
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
          selected={search.flat ?? null}
          flatReadAt={flatReadAt}
          onOpenFlat={(flat, byNumber) => {
            setByNumber(byNumber);
            go({ intercom: chosen, flat });
          }}
          onIssue={() => go({ intercom: chosen, code: true })}
          onForgotten={() => go({})}
        />
      )}
      {paneOpen && search.flat !== undefined && (
        <FlatPane
          key={`flat ${chosen} ${search.flat}`}
          server={server}
          intercom={chosen}
          intercomTitle={intercom?.title ?? null}
          flat={search.flat}
          focusAction={byNumber}
          onRead={setFlatReadAt}
          onClose={close}
        />
      )}
      {paneOpen && search.flat === undefined && (
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
