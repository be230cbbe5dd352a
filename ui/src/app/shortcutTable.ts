import type { ParseKeys } from "i18next";
import type { MenuItem } from "../core/bindings/MenuItem";

/**
 * Every key of the window and what it does: the one table. A component answers an action by registering any one of its
 * keys (`useShortcut`), and then answers all of them, and the menu item of the same name.
 *
 * The native menu carries accelerators for Ctrl/Cmd with N, F, R, 1, 2, comma, plus, minus and 0. Which of the two sees
 * such a key first differs: on Linux the menu takes it before the page, on macOS what the page has answered does not
 * reach the menu, on Windows the page has the keyboard to itself. So both know them, and `shortcuts.tsx` drops what
 * comes from the menu just after the same action came from the keyboard, and the other way round. Zoom has no menu event:
 * the shell does it, by the same steps, and says that `app` has changed.
 */
export type Action = {
  id: string;
  /** "n", "?", "escape", "f5", or with the platform's command key "mod+k". The first is the one shown first. */
  keys: readonly string[];
  group: ActionGroup;
  text: ParseKeys;
  menu?: MenuItem;
};

export const ACTION_GROUPS = ["anywhere", "list", "buildings", "codes", "form"] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export const ACTIONS: readonly Action[] = [
  { id: "search", keys: ["/", "mod+k"], group: "anywhere", text: "keys.search" },
  { id: "runFirst", keys: ["mod+enter"], group: "anywhere", text: "keys.runFirst" },
  { id: "buildings", keys: ["mod+1"], group: "anywhere", text: "keys.buildings", menu: "buildings" },
  { id: "codes", keys: ["mod+2"], group: "anywhere", text: "keys.codes", menu: "codes" },
  { id: "settings", keys: ["mod+,"], group: "anywhere", text: "keys.settings", menu: "settings" },
  { id: "newCode", keys: ["n", "mod+n"], group: "anywhere", text: "keys.newCode", menu: "new_code" },
  { id: "refresh", keys: ["r", "mod+r", "f5"], group: "anywhere", text: "keys.refresh", menu: "refresh" },
  { id: "zoomIn", keys: ["mod+plus"], group: "anywhere", text: "keys.zoomIn" },
  { id: "zoomOut", keys: ["mod+minus"], group: "anywhere", text: "keys.zoomOut" },
  { id: "zoomReset", keys: ["mod+0"], group: "anywhere", text: "keys.zoomReset" },
  { id: "help", keys: ["?"], group: "anywhere", text: "keys.help", menu: "keys" },

  { id: "find", keys: ["mod+f"], group: "list", text: "keys.find", menu: "find" },
  { id: "move", keys: ["arrowup", "arrowdown"], group: "list", text: "keys.move" },
  { id: "page", keys: ["pageup", "pagedown", "home", "end"], group: "list", text: "keys.page" },
  { id: "open", keys: ["enter"], group: "list", text: "keys.open" },
  { id: "closePane", keys: ["escape"], group: "list", text: "keys.closePane" },

  { id: "issue", keys: ["i"], group: "buildings", text: "keys.issue" },
  { id: "toLine", keys: ["arrowleft", "arrowright"], group: "buildings", text: "keys.toLine" },
  { id: "switchLine", keys: ["space"], group: "buildings", text: "keys.switchLine" },
  { id: "copyKey", keys: ["c"], group: "buildings", text: "keys.copyKey" },
  { id: "undoLine", keys: ["u"], group: "buildings", text: "keys.undoLine" },

  { id: "select", keys: ["space"], group: "codes", text: "keys.select" },
  { id: "selectMore", keys: ["shift+arrowup", "shift+arrowdown"], group: "codes", text: "keys.selectMore" },
  { id: "selectAll", keys: ["mod+a"], group: "codes", text: "keys.selectAll" },
  { id: "clearSelection", keys: ["escape"], group: "codes", text: "keys.clearSelection" },
  { id: "copyCode", keys: ["c"], group: "codes", text: "keys.copyCode" },
  { id: "deleteCodes", keys: ["delete"], group: "codes", text: "keys.deleteCodes" },
  { id: "copyMessage", keys: ["m"], group: "codes", text: "keys.copyMessage" },

  { id: "send", keys: ["enter"], group: "form", text: "keys.send" },
  { id: "closeDialog", keys: ["escape"], group: "form", text: "keys.closeDialog" },
];

/** What only the menu asks for. */
export const MENU_ONLY: Readonly<Partial<Record<MenuItem, string>>> = {
  add_server: "addServer",
  log: "log",
  about: "about",
};

/** Keys that are told in the list of keys but handled by what has the focus. */
const TOLD_ONLY = new Set([
  "runFirst",
  ...["move", "page", "open", "toLine", "switchLine"],
  ...["select", "selectMore", "selectAll", "clearSelection"],
  ...["send", "closeDialog"],
]);

/** The action a key means, as far as the window handles it. A key two screens use for their own is one to this. */
export function actionOfKey(key: string): Action | undefined {
  return ACTIONS.find((action) => !TOLD_ONLY.has(action.id) && action.keys.includes(key));
}

export function actionOfMenu(item: MenuItem): string | undefined {
  return MENU_ONLY[item] ?? ACTIONS.find((action) => action.menu === item)?.id;
}
