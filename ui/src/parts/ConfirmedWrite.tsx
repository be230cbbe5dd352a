import { type ReactNode, useRef, useState } from "react";
import type { Write } from "../core/useWrite";
import { useTexts } from "../i18n/texts";
import { Button, type ButtonProps } from "./Button";
import { Dialog } from "./Dialog";
import { DialogActions } from "./DialogActions";
import { ErrorNote } from "./ErrorNote";
import { Note } from "./Note";
import { WayOut } from "./WayOut";

type ConfirmedWriteProps<Request, Response> = {
  /** The server it is about, if any: where a way out of an error leads. */
  server?: string;
  /** What asks: the button on the screen. */
  open: ReactNode;
  look?: ButtonProps["look"];
  /** The button's name, where its text alone does not tell it from others. */
  name?: string;
  title: string;
  text: string;
  /** What says yes. */
  confirm: string;
  write: Write<Request, Response>;
  request: Request;
  onDone?: () => void;
  /** Why the server cannot be asked at the moment. */
  blocked?: string | null;
  /** What the person should see before deciding. */
  children?: ReactNode;
};

/** A write that cannot be taken back, sent after a second yes. Cancel has the focus, an error keeps the question open. */
export function ConfirmedWrite<Request, Response>({
  server,
  open,
  look = "plain",
  name,
  title,
  text,
  confirm,
  write,
  request,
  onDone,
  blocked = null,
  children,
}: ConfirmedWriteProps<Request, Response>) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const send = async () => {
    const sent = await write.run(request);
    if (!sent.done) return;
    setAsking(false);
    onDone?.();
  };
  return (
    <>
      <Button look={look} aria-label={name} onClick={() => setAsking(true)}>
        {open}
      </Button>
      <Dialog
        urgent
        open={asking}
        initialFocus={keep}
        title={title}
        description={text}
        onClose={() => setAsking(false)}
      >
        {children}
        {write.error !== null && (
          <ErrorNote error={write.error}>
            {server !== undefined && <WayOut error={write.error} server={server} />}
          </ErrorNote>
        )}
        {blocked !== null && <Note>{blocked}</Note>}
        {write.offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
        <DialogActions>
          <Button ref={keep} onClick={() => setAsking(false)}>
            {t("common.cancel")}
          </Button>
          <Button look="danger" busy={write.pending} blocked={blocked} onClick={() => void send()}>
            {confirm}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
