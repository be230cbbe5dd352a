import { useEffect, useState } from "react";
import type { CommandError } from "../core/bindings/CommandError";
import { useTexts } from "../i18n/texts";

const SECOND = 1_000;
/** When an error was first shown: it may be shown again elsewhere, and the wait goes on meanwhile. */
const firstShown = new WeakMap<CommandError, number>();

function since(error: CommandError): number {
  const known = firstShown.get(error) ?? Date.now();
  firstShown.set(error, known);
  return known;
}

/** How long the server still asks to wait, second by second. Not announced at each: the note around it was. */
export function Countdown({ error, seconds }: { error: CommandError; seconds: number }) {
  const { t } = useTexts();
  const [now, setNow] = useState(() => Date.now());
  const left = Math.ceil((since(error) + seconds * SECOND - now) / SECOND);
  const over = left <= 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, [over]);
  return (
    <p aria-live="off">{over ? t("errors.tryNow") : t("errors.wait", { count: Math.min(left, seconds) })}</p>
  );
}
