import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { removeServer } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { DialogActions } from "../../parts/DialogActions";
import { ErrorNote } from "../../parts/ErrorNote";

/** Removing forgets the server and its sign-ins here; on the server itself nothing changes. */
export function RemoveServer({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const remove = useWrite(removeServer);
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t("settings.remove")}
      </Button>
      <Dialog
        urgent
        open={asking}
        initialFocus={keep}
        title={t("settings.removeTitle", { server: server.name })}
        description={t("settings.removeText")}
        onClose={() => setAsking(false)}
      >
        {remove.error !== null && <ErrorNote error={remove.error} />}
        <DialogActions>
          <Button ref={keep} onClick={() => setAsking(false)}>
            {t("common.cancel")}
          </Button>
          <Button
            look="danger"
            busy={remove.pending}
            onClick={() =>
              void remove.run({ server: server.id }).then((left) => left.done && setAsking(false))
            }
          >
            {t("settings.removeConfirm")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
