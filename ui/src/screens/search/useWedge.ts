import { useEffect, useRef } from "react";
import { isText, putBackAs } from "./putBack";
import { type Burst, burstAfter, characterOf, isQuick, isWriting, LONGEST_PAUSE, readBy } from "./wedge";

/** Part of a capital letter, or of a chord. */
const MODIFIERS = ["Shift", "CapsLock", "Control", "Alt", "AltGraph", "Meta"];

/**
 * Listens for a reader that types, wherever the focus is, and is told the key, or null where what was typed is none.
 * A reader presses nothing: its Enter goes nowhere, and what it wrote into a field or turned a list to is taken back.
 */
export function useWedge(onRead: (key: string | null) => void): void {
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    let burst: Burst | null = null;
    let target: EventTarget | null = null;
    let putBack: (() => void)[] = [];
    let readAt = Number.NEGATIVE_INFINITY;
    const onEnter = (event: KeyboardEvent, isPlain: boolean) => {
      const at = event.timeStamp;
      const read = isPlain ? readBy(burst, at) : null;
      burst = null;
      if (read !== null) {
        swallow(event);
        for (const back of putBack) back();
        readAt = at;
        latest.current(read.key);
      } else if (at - readAt <= LONGEST_PAUSE) {
        // The second half of a line's end.
        swallow(event);
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (MODIFIERS.includes(event.key)) return;
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing);
      if (event.key === "Enter") return onEnter(event, isPlain);
      // SECURITY: what is typed into a field for a password, by whomever, is shown nowhere.
      if (!isPlain || !isWriting(event) || isSecret(event.target)) {
        burst = null;
        return;
      }
      burst = burstAfter(burst, characterOf(event), event.timeStamp);
      const isFirst = burst.count === 1;
      if (isFirst) putBack = [];
      if (isFirst || event.target !== target) putBack.push(putBackAs(event.target));
      // A key that is spread over two fields is none.
      if (!isFirst && event.target !== target) burst.text = null;
      target = event.target;
      // What follows the first character is no press of a button and no shortcut: a separator may be Space.
      if (!isText(target) && isQuick(burst)) swallow(event);
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}

function swallow(event: KeyboardEvent) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isSecret(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "password";
}
