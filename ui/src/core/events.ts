import { listen } from "@tauri-apps/api/event";
import type { CoreEvent } from "./bindings/CoreEvent";

type Hear = (event: CoreEvent) => void;

/** Who hears what the core tells, and what it told before there was somebody. */
let hears: Hear | null = null;
let kept: CoreEvent[] = [];

/** From now on what the core tells by itself reaches the window. Begun before the core is asked anything, so that no change is missed. */
export function beginHearing(): void {
  kept = [];
  const hear: Hear = (event) => {
    if (hears === null) kept.push(event);
    else hears(event);
  };
  // Without its events the window still works: it only learns later what changed.
  listen<CoreEvent>("core", ({ payload }) => hear(payload)).catch(() => undefined);
}

/** Hears what the core tells by itself, until the returned function is called; at once what it told before. */
export function onCoreEvent(hear: Hear): () => void {
  hears = hear;
  for (const event of kept.splice(0)) hear(event);
  return () => {
    if (hears === hear) hears = null;
  };
}
