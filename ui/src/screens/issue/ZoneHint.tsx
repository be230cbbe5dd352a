import { useEffect, useRef, useState } from "react";
import type { ServerView } from "../../core/bindings/ServerView";
import { useServer } from "../../core/useAppState";
import { useServerSettings } from "../../core/useServerSettings";
import { useTexts } from "../../i18n/texts";
import { zoneName } from "../../i18n/zone";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { ZoneField } from "../../parts/ZoneField";
import { zoneThatFits } from "./formErrors";
import styles from "./Issue.module.css";

type ZoneHintProps = {
  server: string;
  /** By flat; else for the client account's own. */
  forFlat: boolean;
  /** When the refused code was to end, and when it was asked for, in milliseconds. */
  sentEnd: number;
  sentAt: number;
  onAgain: () => void;
};

/** Beside an end the server refused although it lies ahead: its zone, to be put right here. */
export function ZoneHint({ server, forFlat, ...sent }: ZoneHintProps) {
  const view = useServer(server);
  // Where ends are written with their zone, the server's own has no part in it.
  if (view === null || (!forFlat && view.dateForm === "iso")) return null;
  return <Hint server={view} {...sent} />;
}

type HintProps = Omit<ZoneHintProps, "server" | "forFlat"> & { server: ServerView };

function Hint({ server, sentEnd, sentAt, onAgain }: HintProps) {
  const { t } = useTexts();
  const save = useServerSettings(server);
  const [choosing, setChoosing] = useState(false);
  // What was refused was written in the zone of that time.
  const [refusedIn] = useState(server.zoneMinutes);
  const [taking, setTaking] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  // A clock that is off explains the refusal by itself, and another zone would only hide it.
  const fitting = server.clockMinutes === 0 ? zoneThatFits(sentEnd, sentAt, refusedIn) : null;
  useEffect(() => {
    if (!choosing) return;
    field.current?.scrollIntoView?.({ block: "center" });
    field.current?.focus({ preventScroll: true });
  }, [choosing]);
  useEffect(() => {
    if (!taking || save.pending) return;
    setTaking(false);
    if (save.saved) onAgain();
  }, [taking, save.pending, save.saved, onAgain]);

  return (
    <Note tone="warn">
      <p>{t("issue.zoneHint", { zone: zoneName(refusedIn) })}</p>
      {fitting !== null && server.zoneMinutes === refusedIn && (
        <Button
          className={styles.long}
          busy={taking}
          onClick={() => {
            setTaking(true);
            save.change({ zoneMinutes: fitting });
          }}
        >
          {t("issue.takeZone", { zone: zoneName(fitting) })}
        </Button>
      )}
      {choosing ? (
        <ZoneField
          ref={field}
          value={server.zoneMinutes}
          onChange={(zoneMinutes) => save.change({ zoneMinutes })}
        />
      ) : (
        <Button className={styles.long} onClick={() => setChoosing(true)}>
          {t("issue.zoneSettings")}
        </Button>
      )}
      {server.zoneMinutes !== refusedIn && (
        <p role="status">{t("issue.zoneUsed", { zone: zoneName(server.zoneMinutes) })}</p>
      )}
      {save.error !== null && <ErrorNote error={save.error} />}
    </Note>
  );
}
