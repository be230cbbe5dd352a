import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { trustCertificate } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { instant, useTimeWords } from "../../i18n/time";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { DialogActions } from "../../parts/DialogActions";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import { groupFingerprint } from "../../parts/grouping";
import styles from "./SettingsScreen.module.css";

/** How the server proves who it is; a pin can be given up for what the system trusts. */
export function Trust({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const time = useTimeWords();
  const { trust } = server;
  if (trust.kind !== "pinned") {
    return <Fact name={t("settings.trust")} value={t(`settings.trustKind.${trust.kind}`)} />;
  }
  const ends = instant(trust.ends);
  return (
    <Fact
      name={t("settings.trust")}
      value={
        <>
          {t("settings.trustKind.pinned")}{" "}
          <span className={styles.mono}>{groupFingerprint(trust.fingerprint)}</span>
          {ends !== null && <> {t("settings.trustEnds", { date: time.date(ends) })}</>}
        </>
      }
      action={<Unpin server={server} />}
    />
  );
}

function Unpin({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const trust = useWrite(trustCertificate);
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t("settings.unpin")}
      </Button>
      <Dialog
        urgent
        open={asking}
        initialFocus={keep}
        title={t("settings.unpinTitle", { server: server.name })}
        description={t("settings.unpinText")}
        onClose={() => setAsking(false)}
      >
        {trust.error !== null && <ErrorNote error={trust.error} />}
        <DialogActions>
          <Button ref={keep} onClick={() => setAsking(false)}>
            {t("common.cancel")}
          </Button>
          <Button
            look="danger"
            busy={trust.pending}
            onClick={() =>
              void trust
                .run({ server: server.id, fingerprint: null })
                .then((trusted) => trusted.done && setAsking(false))
            }
          >
            {t("settings.unpinConfirm")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
