import { useEffect, useRef } from "react";
import type { LineSwitched } from "../../core/bindings/LineSwitched";
import { useWrites } from "../../core/CoreProvider";
import { useOfferedAgain as useOffered } from "../../core/writes";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { useAway } from "../../parts/useAway";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import styles from "./BuildingsScreen.module.css";
import { canRetry, canUndo, type LineSwitch, latestOf, useLineSwitches } from "./lineSwitches";

/** What became of a switch, in full: what the server said, what is safe, what can be done. */
export function LineOutcome({ one }: { one: LineSwitch }) {
  const { t } = useTexts();
  const switches = useLineSwitches();
  const away = useAway(one.server);
  const offeredAgain = useOfferedAgain(one);
  const again = useRef<HTMLButtonElement>(null);
  const name = t(`lines.name.${one.line}`);
  const isLatest = latestOf(switches.all, one.server)?.key === one.key;
  useEffect(() => {
    if (offeredAgain) again.current?.focus();
  }, [offeredAgain]);

  if (one.endedAt === null) {
    return (
      <Note>
        <p role="status">{one.on ? t("lines.askingOn") : t("lines.askingOff")}</p>
      </Note>
    );
  }
  if (offeredAgain) {
    return (
      <Note tone="good">
        <p>{t("signIn.offeredAgain")}</p>
        <Button ref={again} blocked={away} onClick={() => switches.ask(one)}>
          {t(one.on ? "lines.turnOnNamed" : "lines.turnOffNamed", { line: name })}
        </Button>
      </Note>
    );
  }
  if (one.error !== null) {
    return (
      <ErrorNote error={one.error}>
        <WayOut error={one.error} server={one.server} />
        {!hasWayOut(one.error) && canRetry(one) && (
          <Button blocked={away} onClick={() => switches.ask(one)}>
            {t("common.tryAgain")}
          </Button>
        )}
        {!hasWayOut(one.error) && !canRetry(one) && (
          <Button onClick={switches.lookAgain}>{t("lines.lookAgain")}</Button>
        )}
        <Dismiss one={one} />
      </ErrorNote>
    );
  }
  if (one.answer === null) return null;
  return (
    <Answer answer={one.answer}>
      <span className={styles.outcomeActions}>
        {canUndo(one) && (
          <Button blocked={away} {...(isLatest ? { keyHint: "u" } : {})} onClick={() => switches.undo(one)}>
            {t("lines.undo")}
          </Button>
        )}
        <Dismiss one={one} />
      </span>
    </Answer>
  );
}

/** True once the account an ended sign-in stopped this for was signed in to again: offered, never sent by itself. */
export function useOfferedAgain(one: LineSwitch): boolean {
  return useOffered(useWrites(), one.stopped);
}

function Dismiss({ one }: { one: LineSwitch }) {
  const { t } = useTexts();
  const switches = useLineSwitches();
  return (
    <Button look="quiet" onClick={() => switches.dismiss(one)}>
      {t("lines.dismiss")}
    </Button>
  );
}

function Answer({ answer, children }: { answer: LineSwitched; children: React.ReactNode }) {
  const { t } = useTexts();
  const state = t(`lines.state.${answer.answered}`);
  if (answer.wrongFlat !== null) {
    return (
      <Note tone="warn" title={t("lines.wrongFlatTitle")}>
        <p>{t("lines.wrongFlat", { flat: isolated(answer.wrongFlat) })}</p>
        {children}
      </Note>
    );
  }
  if (answer.asAsked && answer.alsoChanged.length > 0) {
    const lines = answer.alsoChanged.map((line) => t(`lines.name.${line}`)).join(", ");
    return (
      <Note tone="warn" title={t("lines.answered", { state })}>
        <p>{t("lines.alsoChanged", { lines })}</p>
        {children}
      </Note>
    );
  }
  if (answer.asAsked) {
    return (
      <Note tone="good">
        <p>{t("lines.answered", { state })}</p>
        {children}
      </Note>
    );
  }
  const asked = t(`lines.state.${answer.asked ? "on" : "off"}`);
  return (
    <Note tone="warn" title={t("lines.differsTitle")}>
      <p>{t("lines.differs", { asked, answered: state })}</p>
      {children}
    </Note>
  );
}
