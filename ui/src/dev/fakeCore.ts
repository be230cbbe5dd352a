import type { AppState } from "../core/bindings/AppState";
import type { CodeRow } from "../core/bindings/CodeRow";
import type { CommandError } from "../core/bindings/CommandError";
import type { CoreEvent } from "../core/bindings/CoreEvent";
import type { FirstSightOf } from "../core/bindings/FirstSightOf";
import type { ServerView } from "../core/bindings/ServerView";
import { type FakeBuilding, makeBuilding } from "./building";
import { codeHandlers } from "./fakeCoreCodes";
import { directoryHandlers } from "./fakeCoreDirectory";
import { searchHandlers } from "./fakeCoreSearch";
import { commandError, type Handler, makeState, serverHandlers } from "./fakeServers";
import { createFakeWindow } from "./fakeWindow";

export { commandError } from "./fakeServers";

type Step = { fail: CommandError } | { answer: unknown } | { wait: Promise<unknown> };

/** A core that lives in the page: for looking at screens and for their tests. Never part of what is built. */
export type FakeCore = {
  invoke: (name: string, args?: { request?: unknown }) => Promise<unknown>;
  state: AppState;
  codes: CodeRow[];
  building: FakeBuilding;
  /** Every call so far, as its name and request. */
  calls: { name: string; request: unknown }[];
  /** What the program puts into the page: `window` takes it as it is. */
  internals: ReturnType<typeof createFakeWindow>["internals"];
  /** What the core tells by itself. */
  tell: (event: CoreEvent) => void;
  /** What the next calls of a command meet instead of the ordinary answer, in order. */
  next: (name: string, ...steps: Step[]) => void;
};

export function createFakeCore(
  options: { servers?: ServerView[]; keyring?: AppState["keyring"] } = {},
): FakeCore {
  const building = makeBuilding();
  const calls: FakeCore["calls"] = [];
  const steps = new Map<string, Step[]>();
  const codes: CodeRow[] = [...building.codes];
  const state = makeState(options);
  const { handlers: directory, firstBuildings } = directoryHandlers(building);
  const handlers: Record<string, Handler> = {
    ...serverHandlers(state),
    ...directory,
    first_sight: (request: FirstSightOf) => ({
      state,
      buildings: state.active === null ? null : firstBuildings(request),
    }),
    ...codeHandlers(codes),
    ...searchHandlers(state, building, codes),
  };

  const invoke: FakeCore["invoke"] = async (name, args) => {
    calls.push({ name, request: args?.request ?? null });
    const step = steps.get(name)?.shift();
    if (step !== undefined && "wait" in step) await step.wait;
    if (step !== undefined && "fail" in step) throw step.fail;
    if (step !== undefined && "answer" in step) return step.answer;
    const handler = handlers[name];
    if (handler === undefined) throw commandError("internal");
    return structuredClone(handler((args?.request ?? null) as never));
  };
  const fakeWindow = createFakeWindow(invoke);
  return {
    state,
    codes,
    building,
    calls,
    next: (name, ...more) => steps.set(name, [...(steps.get(name) ?? []), ...more]),
    invoke,
    ...fakeWindow,
  };
}
