import { useRef } from "react";
import type { LineName } from "../../core/bindings/LineName";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { isolated } from "../../parts/oneLine";
import styles from "./BuildingsScreen.module.css";

type WhichWayProps = {
  line: LineName;
  number: string;
  onChoose: (on: boolean) => void;
  onClose: () => void;
};

/** A line of which nothing is known is not switched by a guess: the person says which way. */
export function WhichWay({ line, number, onChoose, onClose }: WhichWayProps) {
  const { t } = useTexts();
  const cancel = useRef<HTMLButtonElement>(null);
  const name = t("lines.ofFlat", { line: t(`lines.name.${line}`), number: isolated(number) });
  return (
    <Dialog
      open
      title={t("lines.whichWay", { line: name })}
      description={t("lines.whichWayText")}
      initialFocus={cancel}
      onClose={onClose}
    >
      <div className={styles.pair}>
        <Button onClick={() => onChoose(true)}>{t("lines.turnOn")}</Button>
        <Button onClick={() => onChoose(false)}>{t("lines.turnOff")}</Button>
        <Button ref={cancel} look="quiet" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </Dialog>
  );
}
