import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { activateServer } from "../core/bindings/commands";
import { invalidate } from "../core/invalidate";
import { later } from "../core/later";
import { useActiveServer } from "../core/useAppState";
import { useWrite } from "../core/useWrite";
import { useTexts } from "../i18n/texts";
import { Button } from "../parts/Button";
import { ErrorNote } from "../parts/ErrorNote";
import { KeyHint } from "../parts/KeyHint";
import { StatusSlot } from "../parts/StatusLine";
import { useAnswering } from "../screens/answer/answering";
import { ExpiryBanner } from "./ExpiryBanner";
import styles from "./Frame.module.css";
import { useFocusKeeper } from "./focusKeeper";
import { KeyringBanner } from "./KeyringBanner";
import { LostBanner } from "./LostBanner";
import { MemoryBanner } from "./MemoryBanner";
import { Rail } from "./Rail";
import { SyncStatus } from "./SyncStatus";
import { useMenuAction, useShortcut } from "./shortcuts";
import { TopBar } from "./TopBar";
import { useCoreEvents } from "./useCoreEvents";
import { useExpiries } from "./useExpiries";
import { ZoomStatus } from "./ZoomStatus";
import { useZoom } from "./zoom";

const AnswerCard = later(async () => (await import("../screens/answer/AnswerCard")).AnswerCard);
const CloseDialog = later(async () => (await import("./CloseDialog")).CloseDialog);
const KeysDialog = later(async () => (await import("./KeysDialog")).KeysDialog);

/** The window: rail, top bar, the screen, status bar. Before there is a server only the screen. */
export function Frame() {
  const { t } = useTexts();
  const server = useActiveServer();
  const navigate = useNavigate();
  const activate = useWrite(activateServer);
  const expiries = useExpiries(server);
  const closing = useCoreEvents();
  const main = useRef<HTMLElement>(null);
  // There before anything is drawn: what is said in it is drawn with the rest.
  const [slot] = useState(() => document.createElement("div"));
  const takeSlot = useCallback((place: HTMLElement | null) => place?.append(slot), [slot]);

  const path = useLocation({ select: (location) => location.pathname });
  useFocusKeeper();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is what this is about
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [path]);
  const keys = useFrameKeys(server !== null);

  const change = async (id: string) => {
    // The address names a place on this server; the next one must not take it for one of its own.
    if (path === "/buildings" || path === "/codes") await navigate({ to: path, search: {} });
    return (await activate.run({ server: id })).done;
  };
  const show = async (id: string) => {
    if (await change(id)) await navigate({ to: "/buildings", search: {} });
  };
  const answering = useAnswering(server, change);
  return (
    <div className={styles.window}>
      <Rail />
      <TopBar
        server={server}
        busy={activate.pending}
        onChoose={(id) => void show(id)}
        search={{
          onOpen: (hit, run) => void answering.open(hit, run),
          isAnswering: answering.card !== null,
          onLookUp: answering.close,
        }}
      />
      <div className={styles.banners}>
        <KeyringBanner />
        <MemoryBanner />
        <LostBanner />
        {expiries.map((expiry) => (
          <ExpiryBanner key={expiry.account} expiry={expiry} />
        ))}
        {activate.error !== null && (
          <ErrorNote error={activate.error}>
            <Button onClick={activate.reset}>{t("common.close")}</Button>
          </ErrorNote>
        )}
      </div>
      <StatusSlot value={slot}>
        <main
          ref={main}
          className={styles.main}
          tabIndex={-1}
          onKeyDown={(event) => {
            // Whoever comes to a screen by a key goes on with the arrows: its list is what there is to go through.
            const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
            if (event.target !== main.current || !isArrow) return;
            event.preventDefault();
            main.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
          }}
        >
          <Outlet />
        </main>
      </StatusSlot>
      <footer className={styles.status}>
        <div className={styles.statusSlot} ref={takeSlot} />
        <SyncStatus />
        <ZoomStatus />
        <button type="button" className={styles.keys} onClick={() => keys.setOpen(true)}>
          <KeyHint keys="?" />
          {t("keys.title")}
        </button>
      </footer>
      {answering.card !== null && server !== null && (
        <AnswerCard card={answering.card} server={server} onGo={answering.go} onClose={answering.close} />
      )}
      {keys.open && <KeysDialog onClose={() => keys.setOpen(false)} />}
      {closing.closeAsked && <CloseDialog onStay={closing.stay} />}
    </div>
  );
}

/** The keys that work everywhere. A screen that has its own meaning for one of them comes first. */
function useFrameKeys(connected: boolean) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const zoom = useZoom();
  const [open, setOpen] = useState(false);
  useShortcut("?", t("keys.help"), () => setOpen(true));
  useShortcut("mod+1", t("keys.buildings"), () => void navigate({ to: "/buildings" }), connected);
  useShortcut("mod+2", t("keys.codes"), () => void navigate({ to: "/codes" }), connected);
  useShortcut("mod+,", t("keys.settings"), () => void navigate({ to: "/settings" }));
  useShortcut("mod+plus", t("keys.zoomIn"), zoom.larger);
  useShortcut("mod+minus", t("keys.zoomOut"), zoom.smaller);
  useShortcut("mod+0", t("keys.zoomReset"), zoom.reset);
  const newCode = () => void navigate({ to: "/codes", search: { new: true } });
  useShortcut("n", t("keys.newCode"), newCode, connected, "fallback");
  const refresh = () => void invalidate(queryClient, ["app", "log", "sessions"]);
  useShortcut("r", t("keys.refresh"), refresh, true, "fallback");
  useMenuAction("addServer", () => void navigate({ to: "/connect", search: { server: undefined } }));
  useMenuAction("log", () => void navigate({ to: "/settings", search: { section: "data" } }));
  useMenuAction("about", () => void navigate({ to: "/settings", search: { section: "about" } }));
  return { open, setOpen };
}
