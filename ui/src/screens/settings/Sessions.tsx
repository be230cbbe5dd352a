import { useState } from "react";
import { SessionFacts, sessionName } from "../../app/signIn/SessionFacts";
import { endSession, listSessions } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import type { SessionView } from "../../core/bindings/SessionView";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Confirmed } from "../../parts/Confirmed";
import { ConfirmedWrite } from "../../parts/ConfirmedWrite";
import { LastWord } from "../../parts/LastWord";
import { Note } from "../../parts/Note";
import { ReadProblem } from "../../parts/ReadProblem";
import { Skeleton } from "../../parts/Skeleton";
import { useAway } from "../../parts/useAway";
import styles from "./SettingsScreen.module.css";

/** Where the client account is signed in. */
export function Sessions({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const list = useRead(listSessions, { server: server.id });
  const [ended, setEnded] = useState<{ session: string } | null>(null);
  if (list.data === undefined) {
    return list.error === null ? (
      <Skeleton rows={2} />
    ) : (
      <ReadProblem error={list.error} server={server} onRetry={() => void list.refetch()} />
    );
  }
  const { listing, sessions, confirmedAt } = list.data;
  return (
    <>
      {list.error !== null && (
        <ReadProblem error={list.error} server={server} onRetry={() => void list.refetch()} />
      )}
      <LastWord about={ended}>{ended !== null && t("sessions.ended", ended)}</LastWord>
      {listing !== "complete" && <Note>{t(`sessions.listing.${listing}`)}</Note>}
      {listing === "complete" && sessions.length === 0 && <Note>{t("sessions.empty")}</Note>}
      {sessions.length > 0 && (
        <ul className={styles.lines} aria-label={t("sessions.title")}>
          {sessions.map((session) => (
            <li key={session.id} className={styles.line}>
              <SessionFacts session={session} among={sessions} />
              <EndSession
                server={server}
                session={session}
                among={sessions}
                onEnded={(session) => setEnded({ session })}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <span className={styles.muted}>
          <Confirmed at={confirmedAt} />
        </span>
        <Button look="quiet" busy={list.isFetching} onClick={() => void list.refetch()}>
          {t("common.refresh")}
        </Button>
      </div>
    </>
  );
}

type EndSessionProps = {
  server: ServerView;
  session: SessionView;
  among: readonly SessionView[];
  onEnded: (name: string) => void;
};

function EndSession({ server, session, among, onEnded }: EndSessionProps) {
  const { t } = useTexts();
  const away = useAway(server.id);
  const name = sessionName(t, session, among);
  return (
    <ConfirmedWrite
      server={server.id}
      open={t("sessions.end")}
      name={t("sessions.endNamed", { session: name })}
      title={t("sessions.endTitle")}
      text={session.isCurrent ? t("sessions.endOwn") : t("sessions.endOther")}
      confirm={t("sessions.endConfirm")}
      write={useWrite(endSession)}
      request={{ server: server.id, session: session.id }}
      onDone={() => onEnded(name)}
      blocked={away}
    >
      <SessionFacts session={session} among={among} />
    </ConfirmedWrite>
  );
}
