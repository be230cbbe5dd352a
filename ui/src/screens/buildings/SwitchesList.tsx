import { useEffect, useState } from "react";
import { useShortcut } from "../../app/shortcuts";
import { useNow } from "../../core/now";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { isolated } from "../../parts/oneLine";
import styles from "../../parts/Strip.module.css";
import { Tag } from "../../parts/Tag";
import { useAway } from "../../parts/useAway";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import { useOfferedAgain } from "./LineOutcome";
import {
  canRetry,
  canUndo,
  isNews,
  type LineSwitch,
  latestOf,
  switchState,
  useLineSwitches,
} from "./lineSwitches";
import { useSwitchWords } from "./switchWords";

type SwitchesListProps = {
  server: string;
  /** Whether a switch is already told in full beside this list. */
  isOpen: (one: LineSwitch) => boolean;
  onOpenFlat: (one: LineSwitch) => void;
};

/** Milliseconds for which it is said that there is nothing to take back. */
const SAID_FOR = 5_000;

/** Every switch of this server that is on its way or needs a look, and the last one while it is news, with its undo. */
export function SwitchesList({ server, isOpen, onOpenFlat }: SwitchesListProps) {
  const { t } = useTexts();
  const switches = useLineSwitches();
  const mine = switches.all.filter((one) => one.server === server);
  const latest = latestOf(mine, server);
  const now = useNow();
  const shown = mine.filter(
    (one) => (switchState(one) !== "done" || (one === latest && isNews(one, now))) && !isOpen(one),
  );
  // What was done long ago, or is told nowhere on this screen, is not taken back by a key pressed by habit.
  const undoAt = (at: number) =>
    latest !== undefined && canUndo(latest) && (isNews(latest, at) || isOpen(latest)) ? latest : undefined;
  const undo = undoAt(now);
  const [nothingSince, setNothingSince] = useState<number | null>(null);
  useEffect(() => {
    if (nothingSince === null) return;
    const timer = setTimeout(() => setNothingSince(null), SAID_FOR);
    return () => clearTimeout(timer);
  }, [nothingSince]);
  const away = useAway(server);
  useShortcut("u", t("keys.undoLine"), () => {
    if (away !== null) return;
    const one = undoAt(Date.now());
    setNothingSince(one === undefined ? Date.now() : null);
    if (one !== undefined) switches.undo(one);
  });

  if (shown.length === 0 && nothingSince === null) return null;
  return (
    <section className={styles.strip} aria-label={t("lines.changes")}>
      {nothingSince !== null && (
        <p className={styles.nothing} role="status">
          {t("lines.nothingToUndo")}
        </p>
      )}
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
  const { t } = useTexts();
  const switches = useLineSwitches();
  const words = useSwitchWords();
  const away = useAway(one.server);
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
          <Button keyHint="u" blocked={away} onClick={() => switches.undo(one)}>
            {t("lines.undo")}
          </Button>
        )}
        {offeredAgain && (
          <Button blocked={away} onClick={() => switches.ask(one)}>
            {t(one.on ? "lines.turnOnNamed" : "lines.turnOffNamed", { line })}
          </Button>
        )}
        {one.error !== null && !offeredAgain && <WayOut error={one.error} server={one.server} />}
        {canRetry(one) && one.error !== null && !hasWayOut(one.error) && (
          <Button
            blocked={away}
            aria-label={t("lines.tryAgainNamed", { what: where })}
            onClick={() => switches.ask(one)}
          >
            {t("common.tryAgain")}
          </Button>
        )}
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
