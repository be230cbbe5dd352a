import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";

export type Shortcut = {
  /** "n", "?", "/", "escape", or with the platform's command key "mod+k". */
  keys: string;
  /** What it does, as the keys dialog lists it. */
  name: string;
  run: () => void;
};

type Registry = { add: (shortcut: Shortcut) => () => void; list: () => Shortcut[] };
const ShortcutsContext = createContext<Registry | null>(null);

function useRegistry(): Registry {
  const registry = useContext(ShortcutsContext);
  if (registry === null) throw new Error("ShortcutsProvider is missing");
  return registry;
}

/** The keys that work right now, newest first; the keys dialog shows exactly these. */
export function useShortcutList(): () => Shortcut[] {
  return useRegistry().list;
}

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const found = registry.list().find((shortcut) => matches(shortcut.keys, event));
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

/** A key for as long as the component is there. The newest of two for the same key wins. */
export function useShortcut(keys: string, name: string, run: () => void, enabled = true) {
  const registry = useRegistry();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    return registry.add({ keys, name, run: () => latest.current() });
  }, [registry, keys, name, enabled]);
}

function createRegistry(): Registry {
  let shortcuts: Shortcut[] = [];
  return {
    add: (shortcut) => {
      shortcuts = [shortcut, ...shortcuts];
      return () => {
        shortcuts = shortcuts.filter((each) => each !== shortcut);
      };
    },
    list: () => shortcuts,
  };
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split("+");
  const wantsCommand = parts.includes("mod");
  const command = event.ctrlKey || event.metaKey;
  if (command !== wantsCommand || event.altKey) return false;
  const key = parts.at(-1) ?? "";
  if (event.key.toLowerCase() !== key && event.code !== `Key${key.toUpperCase()}`) return false;
  return wantsCommand || key === "escape" ? !inDialog(event) : !isTyping(event) && !inDialog(event);
}

/** A single letter is a shortcut only where it is not text. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "radio";
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** A dialog has the keyboard to itself. */
function inDialog(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest("[role=dialog], [role=alertdialog]") !== null
  );
}
