import type { TFunction } from "i18next";
import type { SessionView } from "../../core/bindings/SessionView";
import { useTexts } from "../../i18n/texts";
import { RelativeTime } from "../../parts/RelativeTime";
import { Tag } from "../../parts/Tag";
import styles from "./SignInForm.module.css";

const KNOWN = ["web", "ios", "android", "ios-cctv", "android-cctv", "thick-legal"] as const;

/** What a session is called among others: by what it belongs to, and where that is not enough by its address or number. */
export function sessionName(t: TFunction, session: SessionView, among: readonly SessionView[]): string {
  const name = program(t, session);
  const alike = among.filter((other) => other.id !== session.id && program(t, other) === name);
  if (alike.length === 0) return name;
  const { id, ip } = session;
  return ip !== null && alike.every((other) => other.ip !== ip)
    ? t("sessions.namedAt", { name, ip })
    : t("sessions.numbered", { name, id });
}

/** What a session belongs to, in a few words. */
function program(t: TFunction, session: SessionView): string {
  const known = KNOWN.find((client) => client === session.client);
  const kind = known === undefined ? session.client : t(`sessions.client.${known}`);
  return kind ?? session.userAgent ?? t("sessions.unknown", { id: session.id });
}

type SessionFactsProps = { session: SessionView; among: readonly SessionView[]; id?: string };

/** What, where and when: all the server says of a session. */
export function SessionFacts({ session, among, id }: SessionFactsProps) {
  const { t } = useTexts();
  return (
    <div className={styles.session} id={id}>
      <p className={styles.sessionName}>
        {sessionName(t, session, among)}
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
