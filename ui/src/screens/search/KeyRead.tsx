import { X } from "lucide-react";
import { createPortal } from "react-dom";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { isolated } from "../../parts/oneLine";
import styles from "./Search.module.css";

/** What a reader typed: a key, or null where none can be read from it. */
export type Told = { key: string | null };

/**
 * A key was read while a dialog had the window to itself: said over it, and looked up once the person wants to. Where a
 * reader typed something that is no key, that is said, but not what: nobody knows what it is.
 */
export function KeyRead({
  read,
  onLookUp,
  onClose,
}: {
  read: Told | null;
  onLookUp: (key: string) => void;
  onClose: () => void;
}) {
  const { t } = useTexts();
  // There from the start, so that a screen reader speaks what comes into it.
  return createPortal(
    <div className={read === null ? undefined : styles.read} role="status" aria-live="polite">
      {read !== null && (
        <>
          {read.key === null ? <p>{t("search.readNoKey")}</p> : <Key text={read.key} onLookUp={onLookUp} />}
          <Button
            look="quiet"
            aria-label={t("common.close")}
            icon={<X aria-hidden="true" />}
            onClick={onClose}
          />
        </>
      )}
    </div>,
    document.body,
  );
}

function Key({ text, onLookUp }: { text: string; onLookUp: (key: string) => void }) {
  const { t } = useTexts();
  return (
    <>
      <p>
        {t("search.read")} <b className={styles.key}>{isolated(text)}</b>
      </p>
      <Button onClick={() => onLookUp(text)}>{t("search.lookUp")}</Button>
    </>
  );
}
