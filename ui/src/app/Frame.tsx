import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActiveServer, useAppState } from "../core/useAppState";
import { Banner } from "../parts/Banner";
import { KeyHint } from "../parts/KeyHint";
import { StatusSlot } from "../parts/StatusLine";
import styles from "./Frame.module.css";
import { useFocusKeeper } from "./focusKeeper";
import { KeysDialog } from "./KeysDialog";
import { Rail } from "./Rail";
import { useShortcut } from "./shortcuts";
import { TopBar } from "./TopBar";

/** The window: rail, top bar, the screen, status bar. Before there is a server only the screen. */
export function Frame() {
  const { t } = useTranslation();
  const state = useAppState();
  const server = useActiveServer();
  const navigate = useNavigate();
  const [keysOpen, setKeysOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const [slot, setSlot] = useState<HTMLElement | null>(null);

  const path = useLocation({ select: (location) => location.pathname });
  useFocusKeeper();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is what this is about
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [path]);

  useShortcut("?", t("keys.help"), () => setKeysOpen(true));
  useShortcut("mod+1", t("keys.buildings"), () => void navigate({ to: "/buildings" }), server !== null);
  useShortcut("mod+2", t("keys.codes"), () => void navigate({ to: "/codes" }), server !== null);
  useShortcut("mod+,", t("keys.settings"), () => void navigate({ to: "/settings" }));

  return (
    <div className={styles.window}>
      <Rail />
      <TopBar server={server} />
      <div className={styles.banners}>
        {state.keyring === "unavailable" && (
          <Banner title={t("frame.keyringTitle")}>{t("frame.keyringText")}</Banner>
        )}
      </div>
      <StatusSlot value={slot}>
        <main ref={main} className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </StatusSlot>
      <footer className={styles.status}>
        <div className={styles.statusSlot} ref={setSlot} />
        <button type="button" className={styles.keys} onClick={() => setKeysOpen(true)}>
          <KeyHint keys="?" />
          {t("keys.title")}
        </button>
      </footer>
      <KeysDialog open={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  );
}
