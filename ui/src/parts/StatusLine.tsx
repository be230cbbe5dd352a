import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

const SlotContext = createContext<HTMLElement | null>(null);

/** Where the status bar takes what a screen has to say. */
export const StatusSlot = SlotContext;

/** Shown in the status bar while the screen is there. */
export function StatusLine({ children }: { children: ReactNode }) {
  const slot = useContext(SlotContext);
  return slot === null ? null : createPortal(children, slot);
}
