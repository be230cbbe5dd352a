import { type ReactNode, type RefObject, useState } from "react";
import { later } from "../core/later";

const OpenDialog = later(async () => (await import("./OpenDialog")).OpenDialog);

export type DialogProps = {
  title: string;
  description?: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** A decision: announced at once and not closed by a click beside it. */
  urgent?: boolean;
  wide?: boolean;
  /** Nothing in it is to be decided: a cross closes it. */
  crossed?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Whether the focus goes back to where it was, when the dialog closes; left out: it does. */
  finalFocus?: () => boolean;
};

/** A question, or what is worth the whole attention. Nothing of it is there before it is opened for the first time. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setOpened] = useState(props.open);
  if (props.open && !wasOpened) setOpened(true);
  return wasOpened ? <OpenDialog {...props} /> : null;
}
