import { useEffect, useRef, useState } from "react";
import { closeWindow } from "../core/bindings/commands";
import { useWrites } from "../core/CoreProvider";
import { useWrite } from "../core/useWrite";
import { usePendingWrites } from "../core/writes";
import { useTexts } from "../i18n/texts";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { DialogActions } from "../parts/DialogActions";
import { ErrorNote } from "../parts/ErrorNote";

/** The window is to close while a request is on its way: what the server does with it would not be seen any more. */
export function CloseDialog({ onStay }: { onStay: () => void }) {
  const { t } = useTexts();
  const close = useWrite(closeWindow);
  const wait = useRef<HTMLButtonElement>(null);
  const closeNow = useRef<HTMLButtonElement>(null);
  const isWaiting = usePendingWrites(useWrites()) > 0;
  // Only what was seen on its way can be said to have been answered: the core may know of more than this window asked.
  const [seen, setSeen] = useState(false);
  useEffect(() => setSeen((before) => before || isWaiting), [isWaiting]);
  const isAnswered = seen && !isWaiting;
  useEffect(() => {
    if (isAnswered) closeNow.current?.focus();
  }, [isAnswered]);
  return (
    <Dialog
      urgent
      open
      initialFocus={wait}
      title={t(isAnswered ? "closing.answeredTitle" : "closing.title")}
      description={t(isAnswered ? "closing.answeredText" : "closing.text")}
      onClose={onStay}
    >
      {close.error !== null && <ErrorNote error={close.error} />}
      <DialogActions>
        <Button ref={wait} look={isAnswered ? "quiet" : "primary"} onClick={onStay}>
          {t(isAnswered ? "closing.stay" : "closing.wait")}
        </Button>
        <Button
          ref={closeNow}
          look={isAnswered ? "primary" : "danger"}
          busy={close.pending}
          onClick={() => void close.run(null)}
        >
          {t(isAnswered ? "closing.closeNow" : "closing.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
