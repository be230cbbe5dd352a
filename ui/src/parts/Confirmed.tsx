import { useNow } from "../core/now";
import { useTexts } from "../i18n/texts";
import { instant } from "../i18n/time";
import styles from "./Confirmed.module.css";
import { RelativeTime } from "./RelativeTime";

/** Milliseconds after which what was last seen is shown as old: a day, in which keys and residents do change. */
export const STALE_AFTER = 24 * 60 * 60 * 1000;

type ConfirmedProps = {
  at: string | null;
  /** In a column whose heading says what the time is. */
  bare?: boolean;
};

/** When something was last seen at the server; tinted once that is long ago, as its words say. */
export function Confirmed({ at, bare = false }: ConfirmedProps) {
  const { t } = useTexts();
  const now = useNow();
  const moment = instant(at);
  const isStale = moment !== null && now - moment >= STALE_AFTER;
  const className = isStale ? styles.stale : undefined;
  if (bare) return <RelativeTime at={at} className={className} />;
  return (
    <span className={className}>
      {t("common.confirmed")} <RelativeTime at={at} />
    </span>
  );
}
