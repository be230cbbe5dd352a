import { useEffect, useRef, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { search } from "../../core/bindings/commands";
import type { SearchResults } from "../../core/bindings/SearchResults";
import { useRead } from "../../core/useRead";

type Finding = {
  /** What is shown: the newest answer there is, while the next is on its way the one before. */
  shown: SearchResults | null;
  /** `shown` answers what stands in the field now, so Enter may act on it. */
  isAnswer: boolean;
  error: CommandError | null;
};

/**
 * What the core finds for a text; `null` while nobody looks. Every change is asked at once, but one question at a time:
 * while one is on its way only the newest text waits. Every answer is of its own question, so none replaces a newer one,
 * and none is taken from before: what was read a moment ago is found.
 */
export function useFinding(text: string | null): Finding {
  const [asked, setAsked] = useState<{ text: string; serial: number } | null>(null);
  const serial = useRef(0);
  const read = useRead(
    search,
    { text: asked?.text ?? "" },
    { enabled: asked !== null, after: asked?.serial ?? 0 },
  );
  const isFree = asked === null || !read.isFetching;
  useEffect(() => {
    if (text === null) setAsked(null);
    else if (isFree && asked?.text !== text) {
      serial.current += 1;
      setAsked({ text, serial: serial.current });
    }
  }, [text, asked, isFree]);

  const isAnswer = text !== null && asked?.text === text && read.data !== undefined;
  const before = useRef<SearchResults | null>(null);
  const answer = asked === null ? undefined : read.data;
  const shown = text === null ? null : (answer ?? before.current);
  useEffect(() => {
    before.current = shown;
  });
  return { shown, isAnswer, error: text !== null && asked?.text === text ? read.error : null };
}
