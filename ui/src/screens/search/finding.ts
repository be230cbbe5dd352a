import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { search } from "../../core/bindings/commands";
import type { FoundKind } from "../../core/bindings/FoundKind";
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
 * and none is taken from before: what was read a moment ago is found. `more`: the kind of which more is to be seen.
 */
export function useFinding(text: string | null, more: FoundKind | null): Finding {
  const [asked, setAsked] = useState<{ text: string; more: FoundKind | null; serial: number } | null>(null);
  const serial = useRef(0);
  const read = useRead(
    search,
    { text: asked?.text ?? "", ...(asked?.more == null ? {} : { more: asked.more }) },
    { enabled: asked !== null, after: asked?.serial ?? 0 },
  );
  const isFree = asked === null || !read.isFetching;
  // Before anything is painted: the question is on its way while what was typed is drawn.
  useLayoutEffect(() => {
    if (text === null) setAsked(null);
    else if (isFree && (asked?.text !== text || asked.more !== more)) {
      serial.current += 1;
      setAsked({ text, more, serial: serial.current });
    }
  }, [text, more, asked, isFree]);

  const isAsked = text !== null && asked?.text === text && asked.more === more;
  const isAnswer = isAsked && read.data !== undefined;
  const before = useRef<SearchResults | null>(null);
  const answer = asked === null ? undefined : read.data;
  const shown = text === null ? null : (answer ?? before.current);
  useEffect(() => {
    before.current = shown;
  });
  return { shown, isAnswer, error: isAsked ? read.error : null };
}
