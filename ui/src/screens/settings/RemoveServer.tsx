import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removeServer } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { ErrorNote } from "../../parts/ErrorNote";
import styles from "./SettingsScreen.module.css";

/** Removing forgets the server and its sign-ins here; on the server itself nothing changes. */
export function RemoveServer({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useWrite(removeServer);
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t("settings.remove")}
      </Button>
      <Dialog
        urgent
        open={asking}
        title={t("settings.removeTitle", { server: server.name })}
        description={t("settings.removeText")}
        onClose={() => setAsking(false)}
      >
        {remove.error !== null && <ErrorNote error={remove.error} />}
        <div className={styles.buttons}>
          <Button onClick={() => setAsking(false)}>{t("common.cancel")}</Button>
          <Button
            look="danger"
            busy={remove.pending}
            onClick={() =>
              void remove.run({ server: server.id }).then((left) => left.done && setAsking(false))
            }
          >
            {t("settings.removeConfirm")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
