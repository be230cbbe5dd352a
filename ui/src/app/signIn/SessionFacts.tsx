import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { SessionView } from "../../core/bindings/SessionView";
import { RelativeTime } from "../../parts/RelativeTime";
import { Tag } from "../../parts/Tag";
import styles from "./SignInForm.module.css";

const KNOWN = ["web", "ios", "android", "ios-cctv", "android-cctv", "thick-legal"] as const;

/** What a session belongs to, in a few words. */
export function sessionName(t: TFunction, session: SessionView): string {
  const known = KNOWN.find((client) => client === session.client);
  const kind = known === undefined ? session.client : t(`sessions.client.${known}`);
  return kind ?? session.userAgent ?? t("sessions.unknown", { id: session.id });
}

/** What, where and when: enough to tell one session from another. */
export function SessionFacts({ session, id }: { session: SessionView; id?: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.session} id={id}>
      <p className={styles.sessionName}>
        {sessionName(t, session)}
        {session.isCurrent && <Tag tone="live">{t("sessions.own")}</Tag>}
        {session.online === true && <Tag>{t("sessions.online")}</Tag>}
      </p>
      <p className={styles.sessionMore}>
        {session.lastSeen === null ? (
          t("sessions.lastUnknown")
        ) : (
          <>
            {t("sessions.last")} <RelativeTime at={session.lastSeen} />
          </>
        )}
        {session.ip !== null && <> · {session.ip}</>}
        {session.userAgent !== null && <> · {session.userAgent}</>}
      </p>
    </div>
  );
}
