import type { TFunction } from "i18next";
import { useRef } from "react";
import en from "../i18n/en.json";
import { useTexts } from "../i18n/texts";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { KeyHint } from "../parts/KeyHint";
import styles from "./KeysDialog.module.css";
import { useShortcuts } from "./shortcuts";
import { ACTION_GROUPS, ACTIONS, actionOfKey } from "./shortcutTable";

type Named = keyof typeof en.keys.spoken;
type Line = { id: string; name: string; keys: readonly string[] };

/** Every key of every screen; what the screen behind it adds of its own comes last. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const registry = useShortcuts();
  const start = useRef<HTMLDivElement>(null);
  const own = registry
    .list()
    .filter(({ keys }) => keys[0] !== undefined && actionOfKey(keys[0]) === undefined);
  return (
    <Dialog wide initialFocus={start} title={t("keys.title")} open onClose={onClose}>
      <div className={styles.groups} ref={start} tabIndex={-1}>
        {ACTION_GROUPS.map((group) => (
          <Group
            key={group}
            title={t(`keys.group.${group}`)}
            lines={ACTIONS.filter((action) => action.group === group).map((action) => ({
              id: action.id,
              name: t(action.text),
              keys: action.keys,
            }))}
          />
        ))}
        <Group
          title={t("keys.group.here")}
          lines={own.map((shortcut) => ({ ...shortcut, id: shortcut.action }))}
        />
      </div>
      <div className={styles.close}>
        <Button onClick={onClose}>{t("common.close")}</Button>
      </div>
    </Dialog>
  );
}

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  const { t } = useTexts();
  if (lines.length === 0) return null;
  return (
    <section aria-label={title} className={styles.group}>
      <h3>{title}</h3>
      <dl className={styles.keys}>
        {lines.map((line) => (
          <div key={line.id}>
            <dt>{line.name}</dt>
            <dd>
              {line.keys.map((keys) => (
                <span key={keys}>
                  <KeyHint keys={keys} />
                  <span className="visually-hidden">{spoken(t, keys)}</span>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The hint is for the eyes; this is the same for the ears. */
function spoken(t: TFunction, keys: string): string {
  return keys
    .replace("mod", "Ctrl")
    .split("+")
    .map((key) => (Object.hasOwn(en.keys.spoken, key) ? t(`keys.spoken.${key as Named}`) : key))
    .join(" ");
}
