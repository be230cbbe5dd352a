import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { listCodes } from "../../core/bindings/commands";
import type { FoundAt } from "../../core/bindings/FoundAt";
import { usePlaceToGo } from "../buildings/lastPlace";
import { MOST, useOpenedCode } from "../codes/openedCode";
import type { Hit } from "./hits";

/** Where a hit leads. */
export type Goal = { server: string } & (
  | { kind: "flat"; intercom: number; flat: number | null; number: string }
  | { kind: "keys"; intercom: number; filter: string }
  | { kind: "intercom"; intercom: number | undefined }
  | { kind: "code"; key: string; digits: string }
);

export function goalOf(hit: Hit): Goal {
  switch (hit.kind) {
    case "flat":
      return flat(hit.of.at, hit.of.flat.id, hit.of.flat.number);
    case "person": {
      const { at, flat: id, flatNumber, name, login } = hit.of;
      return id === null ? keys(at, name ?? login ?? "") : flat(at, id, flatNumber ?? "");
    }
    case "key": {
      const { at, key } = hit.of;
      return key.flat === null ? keys(at, key.key) : flat(at, key.flat.id, key.flat.number);
    }
    case "code":
      return { server: hit.of.at.server, kind: "code", key: hit.of.code.key, digits: hit.of.code.code };
    case "intercom":
      return { server: hit.of.at.server, kind: "intercom", intercom: hit.of.intercom.id };
  }
}

/** Of what stands at no known intercom only the server is known. */
const nowhere = (at: FoundAt): Goal => ({ server: at.server, kind: "intercom", intercom: undefined });

function flat(at: FoundAt, id: number | null, number: string): Goal {
  if (at.intercom === null) return nowhere(at);
  return { server: at.server, kind: "flat", intercom: at.intercom, flat: id, number };
}

function keys(at: FoundAt, filter: string): Goal {
  if (at.intercom === null) return nowhere(at);
  return { server: at.server, kind: "keys", intercom: at.intercom, filter };
}

/**
 * Opens what was found. A hit of another server makes that one the active one first, by `change`, and its place is gone
 * to only once the window shows that server: the same id is something else on the one before.
 */
export function useOpening(active: string | null, change: (server: string) => Promise<boolean>) {
  const goTo = useGoTo();
  const latest = useRef(goTo);
  const [goal, setGoal] = useState<Goal | null>(null);
  useEffect(() => {
    latest.current = goTo;
  });
  useEffect(() => {
    if (goal === null || goal.server !== active) return;
    setGoal(null);
    void latest.current(goal);
  }, [goal, active]);
  return async (next: Goal) => {
    setGoal(null);
    if (next.server === active || (await change(next.server))) setGoal(next);
  };
}

function useGoTo() {
  const navigate = useNavigate();
  const setOut = usePlaceToGo();
  const [, setOpened] = useOpenedCode();
  return async (goal: Goal) => {
    const state = { found: Date.now() };
    if (goal.kind === "code") {
      // The pane shows a row of the list; among thousands it is looked for by what it is, not read off the first ones.
      const asked = { server: goal.server, filter: "all", offset: 0, limit: MOST } as const;
      const list = await listCodes.run({ ...asked, search: goal.digits }).catch(() => null);
      const row = list?.rows.find((each) => each.key === goal.key);
      if (row !== undefined) setOpened(() => row);
      return navigate({ to: "/codes", search: { row: goal.key }, state });
    }
    const place = placeOf(goal);
    setOut(goal.server, place, goal.kind === "keys" ? goal.filter : "");
    return navigate({ to: "/buildings", search: place, state });
  };
}

function placeOf(goal: Exclude<Goal, { kind: "code" }>) {
  const { intercom } = goal;
  if (goal.kind === "intercom") return { intercom };
  if (goal.kind === "keys") return { intercom, keys: true };
  return goal.flat === null ? { intercom, door: goal.number } : { intercom, flat: goal.flat };
}
