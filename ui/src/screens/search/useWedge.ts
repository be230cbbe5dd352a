import { useEffect, useRef } from "react";
import { type Burst, burstAfter, characterOf, isQuick, keyRead, LONGEST_GAP } from "./wedge";

/** A field for text as it was before a burst. */
type Before = { field: HTMLInputElement | HTMLTextAreaElement; value: string; from: number; to: number };

/**
 * Listens for a reader that types, wherever the focus is. A key that was read presses nothing: its Enter goes nowhere,
 * and what it wrote into a field is taken out again.
 */
export function useWedge(onRead: (key: string) => void): void {
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    let burst: Burst | null = null;
    let before: Before | null = null;
    let last: { at: number; target: EventTarget | null } = { at: Number.NEGATIVE_INFINITY, target: null };
    const onKeyDown = (event: KeyboardEvent) => {
      // Part of a capital letter.
      if (event.key === "Shift") return;
      const at = event.timeStamp;
      const isFirst = at - last.at > LONGEST_GAP;
      // A reader does not change to another field midway.
      if (event.target !== last.target) burst = null;
      last = { at, target: event.target };
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing);
      const key = isPlain && event.key === "Enter" ? keyRead(burst, at) : null;
      if (key !== null) {
        swallow(event);
        putBack(before);
        burst = null;
        latest.current(key);
        return;
      }
      const character = isPlain ? characterOf(event) : null;
      // What follows on something else at that pace is the middle of a text that a program types.
      burst = character === null || (burst === null && !isFirst) ? null : burstAfter(burst, character, at);
      // SECURITY: what is typed into a field for a password, by whomever, is shown nowhere.
      if (isSecret(event.target)) burst = null;
      if (burst === null) return;
      // What follows the first character is no press of a button and no shortcut: a separator may be Space.
      if (burst.text.length === 1) before = fieldBefore(event.target);
      else if (before === null && isQuick(burst)) swallow(event);
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}

function swallow(event: KeyboardEvent) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Kinds of fields that hold a text. */
const TEXTS = ["text", "search", "url", "email", "tel"];

function isSecret(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "password";
}

function fieldBefore(target: EventTarget | null): Before | null {
  const isText = target instanceof HTMLInputElement && TEXTS.includes(target.type);
  if (!isText && !(target instanceof HTMLTextAreaElement)) return null;
  const { value, selectionStart, selectionEnd } = target;
  return {
    ...{ field: target, value },
    ...{ from: selectionStart ?? value.length, to: selectionEnd ?? value.length },
  };
}

/** Puts a text back as it was, as if the person had taken out what the reader wrote. */
function putBack(before: Before | null) {
  if (before === null || before.field.value === before.value) return;
  const { field, value, from, to } = before;
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  // The element's own property: React keeps one of its own over it, and takes no notice of what that is set to.
  Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.setSelectionRange(from, to);
}
