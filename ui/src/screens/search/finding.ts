import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { search } from "../../core/bindings/commands";
import type { FoundKind } from "../../core/bindings/FoundKind";
import type { SearchResults } from "../../core/bindings/SearchResults";
import { query, useRead } from "../../core/useRead";

type Finding = {
  /** What is shown: the newest answer there is, while the next is on its way the one before. */
  shown: SearchResults | null;
  /** The text that `shown` was found for. */
  shownFor: string;
  /** `shown` answers what stands in the field now, so Enter may act on it. */
  isAnswer: boolean;
  error: CommandError | null;
  /** Asks for a text that is about to stand in the field: the question leaves before anything of it is drawn. */
  ask: (text: string) => void;
};

const NOTHING: Pick<Finding, "shown" | "shownFor"> = { shown: null, shownFor: "" };

type Asked = { text: string; more: FoundKind | null; serial: number };

const requestOf = (asked: Asked | null) => ({
  text: asked?.text ?? "",
  ...(asked?.more == null ? {} : { more: asked.more }),
});

/**
 * What the core finds for a text; `null` while nobody looks. Every change is asked at once, but one question at a time:
 * while one is on its way only the newest text waits. Every answer is of its own question, so none replaces a newer one,
 * and none is taken from before: what was read a moment ago is found. `more`: the kind of which more is to be seen.
 */
export function useFinding(text: string | null, more: FoundKind | null): Finding {
  const [asked, setAsked] = useState<Asked | null>(null);
  const serial = useRef(0);
  const queries = useQueryClient();
  const read = useRead(search, requestOf(asked), { enabled: asked !== null, after: asked?.serial ?? 0 });
  const isFree = asked === null || !read.isFetching;
  const ask = (text: string, more: FoundKind | null = null) => {
    if (text === "" || !isFree || (asked?.text === text && asked.more === more)) return;
    serial.current += 1;
    const next = { text, more, serial: serial.current };
    void queries.prefetchQuery(query(search, requestOf(next), next.serial));
    setAsked(next);
  };
  // What was typed while another question was on its way, and whatever else is to be found.
  useLayoutEffect(() => {
    if (text === null) setAsked(null);
    else ask(text, more);
  });

  const isAsked = text !== null && asked?.text === text && asked.more === more;
  const isAnswer = isAsked && read.data !== undefined;
  const before = useRef(NOTHING);
  const answer =
    asked === null || read.data === undefined ? before.current : { shown: read.data, shownFor: asked.text };
  const now = text === null ? NOTHING : answer;
  useEffect(() => {
    before.current = now;
  });
  return { ...now, isAnswer, error: isAsked ? read.error : null, ask };
}
