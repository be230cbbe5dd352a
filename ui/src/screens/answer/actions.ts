import type { Answer } from "../../core/bindings/Answer";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { capability } from "../buildings/capability";
import { canDelete } from "../codes/DeleteDialog";
import { codeGoal, flatGoal, type Goal, keysGoal, placeGoal } from "../search/goal";
import type { Hit } from "../search/hits";

/** What can be done about a hit: something to copy, or the place where it is done, where its own form asks first. */
export type Action =
  | { name: "copyKey" | "copyCode" }
  | {
      name: "issue" | "lines" | "flat" | "keys" | "code" | "deleteCode" | "ownCode" | "intercom";
      goal: Goal;
    };

/** Whether an action leads to a form that changes something at the server. */
export function writes({ name }: Action): boolean {
  return name === "issue" || name === "lines" || name === "deleteCode" || name === "ownCode";
}

/** The flat a hit stands for, as far as the hit names it. */
export function flatOf(hit: Hit): { id: number | null; number: string | null } | null {
  switch (hit.kind) {
    case "flat":
      return hit.of.flat;
    case "person":
      return hit.of.flat === null ? null : { id: hit.of.flat, number: hit.of.flatNumber };
    case "key":
      return hit.of.key.flat;
    case "code":
      return hit.of.code.flatNumber === null ? null : { id: null, number: hit.of.code.flatNumber };
    case "intercom":
      return null;
  }
}

/**
 * The actions that fit a hit, the one most likely meant first. `answer`: what the core knows of it, once it is there; it
 * adds actions and never changes which is the first.
 */
export function actionsOf(hit: Hit, server: ServerView, answer?: Answer): Action[] {
  const { at } = hit.of;
  const can = abilities(server);
  const actions: Action[] = [];
  if (hit.kind === "code") {
    const { key, code, state } = hit.of.code;
    const goal = codeGoal(server.id, key, code);
    if (state === "live") actions.push({ name: "copyCode" });
    actions.push({ name: "code", goal });
    const row = answer?.codes.find((each) => each.key === key);
    if (row !== undefined && canDelete(row)) {
      actions.push({ name: "deleteCode", goal: { ...goal, act: "delete" } });
    }
  }
  const flat = flatOf(hit);
  if (flat !== null && at.intercom !== null) {
    const goal = flatGoal(at, flat.id ?? answer?.flat?.id ?? null, flat.number ?? "");
    const hasRecord = goal.kind === "flat" && goal.flat !== null;
    if (hasRecord && can.codeForFlat) actions.push({ name: "issue", goal: { ...goal, act: "issue" } });
    if (can.lines && capability(server, "switch_lines") !== "missing") {
      actions.push({ name: "lines", goal: { ...goal, act: "lines" } });
    }
    actions.push({ name: "flat", goal });
  }
  if (hit.kind === "key") {
    if (hit.of.key.flat === null) actions.push({ name: "keys", goal: keysGoal(at, hit.of.key.key) });
    actions.push({ name: "copyKey" });
  }
  if (hit.kind === "person" && hit.of.flat === null) {
    actions.push({ name: "keys", goal: keysGoal(at, hit.of.name ?? hit.of.login ?? "") });
  }
  if (hit.kind === "intercom") {
    const goal = placeGoal(at.server, hit.of.intercom.id);
    if (can.codeForIntercom) actions.push({ name: "ownCode", goal: { ...goal, act: "issue" } });
    actions.push({ name: "intercom", goal });
  }
  return actions;
}
