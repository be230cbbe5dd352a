import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { closeWindow } from "../core/bindings/commands";
import { useWrite } from "../core/useWrite";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { DialogActions } from "../parts/DialogActions";
import { ErrorNote } from "../parts/ErrorNote";

/** The window is to close while a request is on its way: what the server does with it would not be seen any more. */
export function CloseDialog({ open, onStay }: { open: boolean; onStay: () => void }) {
  const { t } = useTranslation();
  const close = useWrite(closeWindow);
  const wait = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      urgent
      open={open}
      initialFocus={wait}
      title={t("closing.title")}
      description={t("closing.text")}
      onClose={onStay}
    >
      {close.error !== null && <ErrorNote error={close.error} />}
      <DialogActions>
        <Button ref={wait} look="primary" onClick={onStay}>
          {t("closing.wait")}
        </Button>
        <Button look="danger" busy={close.pending} onClick={() => void close.run(null)}>
          {t("closing.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
