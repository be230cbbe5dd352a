import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { MenuItem } from "../core/bindings/MenuItem";
import { actionOfKey, actionOfMenu } from "./shortcutTable";

export type Shortcut = {
  /** The action of the table; a key that is not in the table is an action of its own. */
  action: string;
  keys: readonly string[];
  /** What it does, as the keys dialog lists it. */
  name: string;
  run: () => void;
  /** Steps back for any other of the same action. */
  fallback: boolean;
};

type Registry = {
  add: (shortcut: Shortcut) => () => void;
  list: () => Shortcut[];
  key: (event: KeyboardEvent) => void;
  menu: (item: MenuItem) => void;
};
const ShortcutsContext = createContext<Registry | null>(null);

/** Milliseconds within which the same action from the keyboard and from the menu is one press of a key. */
const ONE_PRESS = 400;

export function useShortcuts(): Registry {
  const registry = useContext(ShortcutsContext);
  if (registry === null) throw new Error("ShortcutsProvider is missing");
  return registry;
}

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useEffect(() => {
    window.addEventListener("keydown", registry.key);
    return () => window.removeEventListener("keydown", registry.key);
  }, [registry]);
  useHeldEnter();
  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

/** Enter that is held down presses once: what it opened has the focus by then, and would be pressed next. */
function useHeldEnter() {
  // Before the effects of what is inside, so that it is the first to hear of a key.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !event.repeat) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}

/** A key for as long as the component is there. The newest of two for the same action wins. */
export function useShortcut(
  key: string,
  name: string,
  run: () => void,
  enabled = true,
  fallback: "fallback" | "own" = "own",
) {
  const action = actionOfKey(key);
  useEntry(action?.id ?? key, action?.keys ?? NO_KEYS, key, name, run, enabled, fallback === "fallback");
}

/** What only the menu asks for. */
export function useMenuAction(action: string, run: () => void) {
  useEntry(action, NO_KEYS, null, "", run, true, false);
}

const NO_KEYS: readonly string[] = [];

function useEntry(
  action: string,
  keys: readonly string[],
  key: string | null,
  name: string,
  run: () => void,
  enabled: boolean,
  fallback: boolean,
) {
  const registry = useShortcuts();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const all = keys.length > 0 || key === null ? keys : [key];
    return registry.add({ action, keys: all, name, run: () => latest.current(), fallback });
  }, [registry, action, keys, key, name, enabled, fallback]);
}

function createRegistry(): Registry {
  let shortcuts: Shortcut[] = [];
  let last: { action: string; by: "key" | "menu"; at: number } | null = null;

  const run = (shortcut: Shortcut, by: "key" | "menu") => {
    const at = performance.now();
    const again =
      last !== null && last.by !== by && last.action === shortcut.action && at - last.at < ONE_PRESS;
    last = again ? null : { action: shortcut.action, by, at };
    if (!again) shortcut.run();
  };
  return {
    add: (shortcut) => {
      shortcuts = shortcut.fallback ? [...shortcuts, shortcut] : [shortcut, ...shortcuts];
      return () => {
        shortcuts = shortcuts.filter((each) => each !== shortcut);
      };
    },
    list: () => shortcuts,
    key: (event) => {
      if (event.defaultPrevented || event.repeat) return;
      const find = (isIt: typeof isWritten) =>
        shortcuts.find(({ keys }) => keys.some((key) => matches(key, event, isIt)));
      // "?" is written on the key of "/": what is written goes before where it sits.
      const found = find(isWritten) ?? find(isAtPlace);
      if (found === undefined) return;
      event.preventDefault();
      run(found, "key");
    },
    menu: (item) => {
      // A dialog has the window to itself, for the menu as for the keys.
      if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
      const action = actionOfMenu(item);
      const found = shortcuts.find((shortcut) => shortcut.action === action);
      if (found !== undefined) run(found, "menu");
    },
  };
}

/** Keys whose names are not what the keyboard says, or that sit on one key with another. */
const WRITTEN: Record<string, readonly string[]> = { plus: ["+", "="], minus: ["-", "_"] };

function isWritten(key: string, event: KeyboardEvent): boolean {
  return WRITTEN[key]?.includes(event.key) ?? event.key.toLowerCase() === key;
}

function matches(keys: string, event: KeyboardEvent, isIt: typeof isWritten): boolean {
  const parts = keys.split("+");
  const wantsCommand = parts.includes("mod");
  const command = event.ctrlKey || event.metaKey;
  if (command !== wantsCommand || event.altKey) return false;
  const key = parts.at(-1) ?? "";
  if (!isIt(key, event)) return false;
  if (wantsCommand && event.shiftKey && /^[a-z]$/u.test(key)) return false;
  const meansTextToFields = !wantsCommand && key !== "escape" && !/^f\d+$/u.test(key);
  return !inDialog(event) && !(meansTextToFields && isTyping(event));
}

/** Where a key sits on the keyboard, for layouts that write something else there. */
const PLACES: Record<string, string> = { "/": "Slash", ",": "Comma" };

function isAtPlace(key: string, event: KeyboardEvent): boolean {
  if (event.code === `Key${key.toUpperCase()}`) return true;
  // A Latin letter or a digit at that place is a key of its own.
  return PLACES[key] === event.code && !event.shiftKey && !/^[a-z0-9]$/iu.test(event.key);
}

/** A letter, or a key that edits, is a shortcut only where it is not for a text. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "radio" && target.type !== "checkbox";
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
