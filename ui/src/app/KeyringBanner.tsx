import { retryKeyring } from "../core/bindings/commands";
import { useAppState } from "../core/useAppState";
import { useWrite } from "../core/useWrite";
import { useTexts } from "../i18n/texts";
import { Banner } from "../parts/Banner";
import { ErrorNote } from "../parts/ErrorNote";
import styles from "./Frame.module.css";

/** Secrets last for this run only, and the way out: unlock the keyring and let the core look again. */
export function KeyringBanner() {
  const { t } = useTexts();
  const { keyring, memory } = useAppState();
  const retry = useWrite(retryKeyring);
  if (keyring === "available") return null;
  return (
    <>
      <Banner title={t("frame.keyringTitle")}>
        {t(memory === "no_keyring" ? "frame.keyringText" : "frame.keyringTextSignIns")}{" "}
        <button
          type="button"
          className={styles.inBanner}
          aria-busy={retry.pending || undefined}
          onClick={() => void retry.run(null)}
        >
          {t("common.tryAgain")}
        </button>{" "}
        {retry.done && t("frame.keyringStill")}
      </Banner>
      {retry.error !== null && <ErrorNote error={retry.error} />}
    </>
  );
}
