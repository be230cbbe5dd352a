import type { CoreEvent } from "../core/bindings/CoreEvent";

type Invoke = (name: string, args?: { request?: unknown }) => Promise<unknown>;
type Listening = { event: string; handler: number };

/** What Tauri puts into the page: the way to the core and the way events come back. */
export function createFakeWindow(invoke: Invoke) {
  const callbacks = new Map<number, (message: unknown) => void>();
  const listening = new Map<number, Listening>();
  let serial = 0;
  const next = () => {
    serial += 1;
    return serial;
  };

  const internals = {
    __TAURI_INTERNALS__: {
      invoke: async (name: string, args: Record<string, unknown> = {}) => {
        if (name === "plugin:event|listen") {
          const id = next();
          listening.set(id, { event: String(args.event), handler: Number(args.handler) });
          return id;
        }
        if (name === "plugin:event|unlisten") return listening.delete(Number(args.eventId));
        return invoke(name, args);
      },
      transformCallback: (callback: (message: unknown) => void) => {
        const id = next();
        callbacks.set(id, callback);
        return id;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
    },
    __TAURI_EVENT_PLUGIN_INTERNALS__: {
      unregisterListener: (_event: string, id: number) => listening.delete(id),
    },
  };
  const tell = (payload: CoreEvent) => {
    for (const [id, { event, handler }] of listening) {
      if (event === "core") callbacks.get(handler)?.({ event, id, payload });
    }
  };
  return { internals, tell };
}
