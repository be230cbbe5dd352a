import { useEffect, useRef, useState } from "react";
import type { ServerView } from "../../core/bindings/ServerView";
import { type Goal, useGoTo } from "../search/goal";
import type { Hit } from "../search/hits";
import { type Action, actionsOf, writes } from "./actions";

/** A hit that is being answered. */
export type Card = {
  hit: Hit;
  /** The server became the active one for it. */
  isSwitched: boolean;
  /** Its first action is to be done at once. */
  run: boolean;
};

/** What waits until the window shows the server it is of instead of the one it showed. */
type Waiting = ({ card: Card } | { goal: Goal }) & { since: string | undefined };

/**
 * Answers what was found with its card, or goes where its first action is done. A hit of another server makes that one
 * the active one first, by `change`, and nothing of it is shown before the window shows that server: the same id is
 * something else on the one before.
 */
export function useAnswering(active: ServerView | null, change: (server: string) => Promise<boolean>) {
  const goTo = useGoTo();
  const [card, setCard] = useState<Card | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const latest = useRef(goTo);
  useEffect(() => {
    latest.current = goTo;
  });
  useEffect(() => {
    if (waiting === null || (active?.id !== serverOf(waiting) && active?.id === waiting.since)) return;
    setWaiting(null);
    // The person went on to a third one meanwhile.
    if (active === null || active.id !== serverOf(waiting)) return;
    if ("goal" in waiting) return void latest.current(waiting.goal);
    const [first] = waiting.card.run ? actionsOf(waiting.card.hit, active) : [];
    // What cannot be done at the moment is not gone to: the card says why.
    const goal = first !== undefined && writes(first) && active.lostAt !== null ? null : goalOf(first);
    if (goal === null) setCard(waiting.card);
    else void latest.current(goal);
  }, [waiting, active]);
  return {
    card: card !== null && card.hit.of.at.server === active?.id ? card : null,
    open: async (hit: Hit, run: boolean) => {
      const { server } = hit.of.at;
      const isSwitched = server !== active?.id;
      const since = active?.id;
      setWaiting(null);
      if (!isSwitched || (await change(server))) setWaiting({ card: { hit, isSwitched, run }, since });
    },
    /** Leaves the card for a place. */
    go: (goal: Goal) => {
      setCard(null);
      setWaiting({ goal, since: active?.id });
    },
    close: () => setCard(null),
  };
}

function serverOf(waiting: Waiting): string {
  return "goal" in waiting ? waiting.goal.server : waiting.card.hit.of.at.server;
}

function goalOf(action: Action | undefined): Goal | null {
  return action !== undefined && "goal" in action ? action.goal : null;
}
