import { useTranslation } from "react-i18next";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { KeyHint } from "../parts/KeyHint";
import styles from "./KeysDialog.module.css";
import { useShortcutList } from "./shortcuts";

/** The keys that work on the screen behind it. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useShortcutList();
  const shown = open ? list().toReversed() : [];
  return (
    <Dialog title={t("keys.title")} open={open} onClose={onClose}>
      <dl className={styles.keys}>
        {shown.map((shortcut) => (
          <div key={shortcut.keys}>
            <dt>{shortcut.name}</dt>
            <dd>
              <KeyHint keys={shortcut.keys} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("keys.list")}</dt>
          <dd>
            <KeyHint keys="arrowup+arrowdown+enter" />
          </dd>
        </div>
      </dl>
      <Button onClick={onClose}>{t("common.close")}</Button>
    </Dialog>
  );
}
