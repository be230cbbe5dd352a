import { useEffect, useState } from "react";
import type { CommandError } from "../core/bindings/CommandError";
import { useTexts } from "../i18n/texts";
import { Button } from "../parts/Button";
import { ErrorNote } from "../parts/ErrorNote";
import styles from "./App.module.css";

/** Milliseconds after which this is shown for long enough to say what is waited for. */
const A_MOMENT = 1_000;

/** Before the core has answered. What takes long at a start is a keyring that asks the person, perhaps behind this window. */
export function Starting({ failed, onRetry }: { failed: CommandError | null; onRetry: () => void }) {
  const { t } = useTexts();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), A_MOMENT);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className={styles.starting} aria-busy={failed === null}>
      {failed === null ? (
        <div role="status" className={styles.waiting}>
          {slow && (
            <>
              <h1>{t("frame.starting")}</h1>
              <p>{t("frame.startingKeyring")}</p>
            </>
          )}
        </div>
      ) : (
        <ErrorNote error={failed}>
          <Button onClick={onRetry}>{t("common.tryAgain")}</Button>
        </ErrorNote>
      )}
    </main>
  );
}
