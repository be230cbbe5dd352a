import { createContext, type ReactNode, useContext, useState } from "react";
import type { ChosenEnd } from "./until";

/** What was typed into a form for a code and not sent yet. */
export type Draft = { title: string; end: ChosenEnd };

const DraftsContext = createContext<Map<string, Draft> | null>(null);

/** Keeps half-written forms while the person looks at something else. They end with the program. */
export function DraftsProvider({ children }: { children: ReactNode }) {
  const [drafts] = useState(() => new Map<string, Draft>());
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

export function useDrafts(): Map<string, Draft> {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error("DraftsProvider is missing");
  return drafts;
}
