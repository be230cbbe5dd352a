import { useNavigate } from "@tanstack/react-router";
import { listCodes } from "../../core/bindings/commands";
import type { FoundAt } from "../../core/bindings/FoundAt";
import { usePlaceToGo } from "../buildings/lastPlace";
import { MOST, useOpenedCode } from "../codes/openedCode";
import type { Act } from "./found";

/** A place something is found at or done at. `act`: what is to be begun there; its own form still asks before it writes. */
export type Goal = { server: string; act?: Act } & (
  | { kind: "flat"; intercom: number; flat: number | null; number: string }
  | { kind: "keys"; intercom: number; filter: string }
  | { kind: "intercom"; intercom: number | undefined }
  | { kind: "code"; key: string; digits: string }
);

export function placeGoal(server: string, intercom: number | null): Goal {
  return { server, kind: "intercom", intercom: intercom ?? undefined };
}

/** Of what stands at no known intercom only the server is known. */
export function flatGoal(at: FoundAt, id: number | null, number: string): Goal {
  if (at.intercom === null) return placeGoal(at.server, null);
  return { server: at.server, kind: "flat", intercom: at.intercom, flat: id, number };
}

export function keysGoal(at: FoundAt, filter: string): Goal {
  if (at.intercom === null) return placeGoal(at.server, null);
  return { server: at.server, kind: "keys", intercom: at.intercom, filter };
}

export function codeGoal(server: string, key: string, digits: string): Goal {
  return { server, kind: "code", key, digits };
}

/** Goes to a place of the active server. */
export function useGoTo() {
  const navigate = useNavigate();
  const setOut = usePlaceToGo();
  const [, setOpened] = useOpenedCode();
  return async (goal: Goal) => {
    const state = { found: Date.now(), ...(goal.act === undefined ? {} : { act: goal.act }) };
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
  if (goal.kind === "intercom") return goal.act === "issue" ? { intercom, code: true } : { intercom };
  if (goal.kind === "keys") return { intercom, keys: true };
  return goal.flat === null ? { intercom, door: goal.number } : { intercom, flat: goal.flat };
}
