import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionFacts, sessionName } from "../../app/signIn/SessionFacts";
import { endSession, listSessions } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import type { SessionView } from "../../core/bindings/SessionView";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { DialogActions } from "../../parts/DialogActions";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { ReadProblem } from "../../parts/ReadProblem";
import { RelativeTime } from "../../parts/RelativeTime";
import { Skeleton } from "../../parts/Skeleton";
import { WayOut } from "../../parts/WayOut";
import styles from "./SettingsScreen.module.css";

/** Where the client account is signed in. */
export function Sessions({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const list = useRead(listSessions, { server: server.id });
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
      {listing !== "complete" && <Note>{t(`sessions.listing.${listing}`)}</Note>}
      {listing === "complete" && sessions.length === 0 && <Note>{t("sessions.empty")}</Note>}
      {sessions.length > 0 && (
        <ul className={styles.lines} aria-label={t("sessions.title")}>
          {sessions.map((session) => (
            <li key={session.id} className={styles.line}>
              <SessionFacts session={session} />
              <EndSession server={server} session={session} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <span className={styles.muted}>
          {t("common.confirmed")} <RelativeTime at={confirmedAt} />
        </span>
        <Button look="quiet" busy={list.isFetching} onClick={() => void list.refetch()}>
          {t("common.refresh")}
        </Button>
      </div>
    </>
  );
}

function EndSession({ server, session }: { server: ServerView; session: SessionView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const end = useWrite(endSession);
  const name = sessionName(t, session);
  return (
    <>
      <Button aria-label={t("sessions.endNamed", { session: name })} onClick={() => setAsking(true)}>
        {t("sessions.end")}
      </Button>
      <Dialog
        urgent
        open={asking}
        initialFocus={keep}
        title={t("sessions.endTitle")}
        description={session.isCurrent ? t("sessions.endOwn") : t("sessions.endOther")}
        onClose={() => setAsking(false)}
      >
        <SessionFacts session={session} />
        {end.error !== null && (
          <ErrorNote error={end.error}>
            <WayOut error={end.error} server={server.id} />
          </ErrorNote>
        )}
        {end.offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
        <DialogActions>
          <Button ref={keep} onClick={() => setAsking(false)}>
            {t("common.cancel")}
          </Button>
          <Button
            look="danger"
            busy={end.pending}
            onClick={() =>
              void end
                .run({ server: server.id, session: session.id })
                .then((ended) => ended.done && setAsking(false))
            }
          >
            {t("sessions.endConfirm")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
