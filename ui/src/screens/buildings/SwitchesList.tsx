import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/shortcuts";
import { Button } from "../../parts/Button";
import { isolated } from "../../parts/oneLine";
import { Tag } from "../../parts/Tag";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import { useOfferedAgain } from "./LineOutcome";
import { canUndo, type LineSwitch, switchState, useLineSwitches } from "./lineSwitches";
import styles from "./SwitchesList.module.css";
import { useSwitchWords } from "./switchWords";

type SwitchesListProps = {
  server: string;
  /** Whether a switch is already told in full beside this list. */
  isOpen: (one: LineSwitch) => boolean;
  onOpenFlat: (one: LineSwitch) => void;
};

/** Every switch of this server that is on its way or needs a look, and the last one that was done, with its undo. */
export function SwitchesList({ server, isOpen, onOpenFlat }: SwitchesListProps) {
  const { t } = useTranslation();
  const switches = useLineSwitches();
  const mine = switches.all.filter((one) => one.server === server);
  const lastDone = mine.find((one) => switchState(one) === "done");
  const shown = mine.filter((one) => (switchState(one) !== "done" || one === lastDone) && !isOpen(one));
  const undo = lastDone !== undefined && canUndo(lastDone) ? lastDone : undefined;
  useShortcut("u", t("keys.undoLine"), () => undo && switches.undo(undo), undo !== undefined);

  if (shown.length === 0) return null;
  return (
    <section className={styles.list} aria-label={t("lines.changes")}>
      <ul>
        {shown.map((one) => (
          <li key={one.key}>
            <Item one={one} isUndo={one === undo} onOpen={() => onOpenFlat(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES = {
  pending: "plain",
  done: "live",
  differs: "warn",
  lost: "warn",
  stopped: "warn",
  failed: "bad",
} as const;

function Item({ one, isUndo, onOpen }: { one: LineSwitch; isUndo: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const switches = useLineSwitches();
  const words = useSwitchWords();
  const offeredAgain = useOfferedAgain(one);
  const state = switchState(one);
  const line = t(`lines.name.${one.line}`);
  const number = isolated(one.flat.number);
  const what = t("lines.change", { number, line, state: t(`lines.state.${one.on ? "on" : "off"}`) });
  const where = one.place === null ? what : `${isolated(one.place)} · ${what}`;
  return (
    <div className={styles.item} role={state === "done" ? "status" : undefined}>
      <Tag tone={TONES[state]}>{t(`lines.outcome.${state}`)}</Tag>
      <p className={styles.words}>
        <b>{where}</b> {offeredAgain ? t("signIn.offeredAgain") : words(one)}
      </p>
      <span className={styles.actions}>
        {isUndo && (
          <Button keyHint="u" onClick={() => switches.undo(one)}>
            {t("lines.undo")}
          </Button>
        )}
        {offeredAgain && (
          <Button onClick={() => switches.ask(one)}>
            {t(one.on ? "lines.turnOnNamed" : "lines.turnOffNamed", { line })}
          </Button>
        )}
        {one.error !== null && !offeredAgain && <WayOut error={one.error} server={one.server} />}
        {(state === "lost" || state === "differs") && !(one.error !== null && hasWayOut(one.error)) && (
          <Button onClick={switches.lookAgain}>{t("lines.lookAgain")}</Button>
        )}
        <Button look="quiet" onClick={onOpen}>
          {t("lines.openFlat", { number })}
        </Button>
        {state !== "pending" && (
          <Button
            look="quiet"
            aria-label={t("lines.dismissNamed", { what: where })}
            onClick={() => switches.dismiss(one)}
          >
            {t("lines.dismiss")}
          </Button>
        )}
      </span>
    </div>
  );
}
