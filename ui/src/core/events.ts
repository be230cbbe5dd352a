import { listen } from "@tauri-apps/api/event";
import type { CoreEvent } from "./bindings/CoreEvent";

/** Hears what the core tells by itself, until the returned function is called. */
export function onCoreEvent(hear: (event: CoreEvent) => void): () => void {
  let stopped = false;
  const listening = listen<CoreEvent>("core", ({ payload }) => {
    if (!stopped) hear(payload);
  });
  // Without its events the window still works: it only learns later what changed.
  listening.catch(() => undefined);
  return () => {
    stopped = true;
    listening.then((stop) => stop()).catch(() => undefined);
  };
}
