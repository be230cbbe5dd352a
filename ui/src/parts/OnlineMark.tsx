import { useNow } from "../core/now";
import { useTexts } from "../i18n/texts";
import { instant, useTimeWords } from "../i18n/time";
import styles from "./StateMark.module.css";

/** How old an answer may be before it no longer counts as the present, in milliseconds. */
const FRESH_FOR = 10 * 60_000;

type OnlineMarkProps = {
  online: boolean | null;
  /** When the server last said so. */
  at: string | null;
  /** The list could not be read anew. */
  late: boolean;
};

/** Whether the server reaches an intercom, and how old that is. Never green on an old or failed answer. */
export function OnlineMark({ online, at, late }: OnlineMarkProps) {
  const { t } = useTexts();
  const now = useNow();
  const words = useTimeWords();
  const mark = online === null ? "unknown" : online ? "on" : "off";
  const said = instant(at);
  const isFresh = !late && said !== null && now - said <= FRESH_FOR;
  const age = said === null || online === null ? null : words.ago(said, now);
  return (
    <span
      className={`${styles.mark} ${isFresh ? styles[`${mark}Word`] : styles.stale}`}
      onPointerEnter={({ currentTarget }) => {
        if (said !== null) currentTarget.title = words.when(said, now);
      }}
    >
      <i className={`${styles.shape} ${styles[mark]}`} aria-hidden="true" />
      {t(isFresh ? `intercoms.online.${mark}` : `intercoms.was.${mark}`)}
      {age !== null && ` · ${age}`}
    </span>
  );
}
