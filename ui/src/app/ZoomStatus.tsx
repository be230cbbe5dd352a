import { useEffect, useRef, useState } from "react";
import { useAppState } from "../core/useAppState";
import { useTexts } from "../i18n/texts";

/** How long it stays, in milliseconds. */
const SHOWN_FOR = 4_000;

/** Says for a moment how large everything is now, whether a key, the menu or the settings changed it. */
export function ZoomStatus() {
  const { t } = useTexts();
  const { zoom } = useAppState().preferences;
  const before = useRef(zoom);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (before.current === zoom) return;
    before.current = zoom;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [zoom]);
  return <span aria-live="polite">{shown && t("frame.zoomed", { percent: zoom })}</span>;
}
