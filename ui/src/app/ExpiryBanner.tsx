import { useSignInRequests } from "../core/CoreProvider";
import { useNow } from "../core/now";
import { useTexts } from "../i18n/texts";
import { useTimeWords } from "../i18n/time";
import { Banner } from "../parts/Banner";
import styles from "./Frame.module.css";
import type { Expiry } from "./useExpiries";

/** A sign-in that ends soon and does not renew itself: said once, quietly, with the way to go on. */
export function ExpiryBanner({ expiry }: { expiry: Expiry }) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  const words = useTimeWords();
  const now = useNow();
  const account = t(`accounts.${expiry.account}.inText`);
  return (
    <Banner title={t("frame.endsSoon", { account, time: words.span(expiry.ends - now) })}>
      <button
        type="button"
        className={styles.inBanner}
        aria-label={t(`accounts.${expiry.account}.again`)}
        onClick={() => requests.ask({ server: expiry.server.id, account: expiry.account }, "person")}
      >
        {t("signIn.againShort")}
      </button>
    </Banner>
  );
}
