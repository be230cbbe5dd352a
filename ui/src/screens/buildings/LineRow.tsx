import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { switchLine } from "../../core/bindings/commands";
import type { LineName } from "../../core/bindings/LineName";
import type { LineState } from "../../core/bindings/LineState";
import type { LineSwitched } from "../../core/bindings/LineSwitched";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { RelativeTime } from "../../parts/RelativeTime";
import { LineMark } from "../../parts/StateMark";
import { hasWayOut, WayOut } from "../../parts/WayOut";
import styles from "./BuildingsScreen.module.css";

type LineRowProps = {
  server: string;
  intercom: number;
  flat: { id: number; number: string };
  line: LineName;
  known: LineState;
  enabled: boolean;
  onLookAgain: () => void;
};

/** One line: what is known of it, the switch, and what the server answered. */
export function LineRow({ server, intercom, flat, line, known, enabled, onLookAgain }: LineRowProps) {
  const { t } = useTranslation();
  const change = useWrite(switchLine);
  const [asked, setAsked] = useState<boolean | null>(null);
  const again = useRef<HTMLButtonElement>(null);
  const name = t(`lines.name.${line}`);
  const isOpen = change.error?.code === "write_unknown" || change.answer?.wrongFlat != null;
  const [openedAt, setOpenedAt] = useState("");
  if (isOpen !== (openedAt !== "")) setOpenedAt(isOpen ? new Date().toISOString() : "");
  // Nobody knows what the line is now, until a later look tells.
  const isStale = isOpen && (known.confirmedAt === null || known.confirmedAt < openedAt);
  const shown: LineState = isStale
    ? { state: "unknown", confirmedAt: null }
    : newer(known, change.answer?.lines[line]);
  const { offeredAgain } = change;

  useEffect(() => {
    if (offeredAgain) again.current?.focus();
  }, [offeredAgain]);

  const ask = (on: boolean) => {
    setAsked(on);
    void change.run({ server, intercom, flat, line, on });
  };
  return (
    <fieldset className={styles.line} aria-label={name}>
      <div className={styles.lineTop}>
        <span className={styles.lineName}>
          {name}
          {shown.state === "unknown" && <LineMark state="unknown" />}
          {shown.state !== "unknown" && shown.confirmedAt !== null && (
            <span className={styles.lineAge}>
              {t("common.confirmed")} <RelativeTime at={shown.confirmedAt} />
            </span>
          )}
        </span>
        {!enabled && shown.state !== "unknown" && <LineMark state={shown.state} />}
        {enabled && shown.state === "unknown" && (
          <span className={styles.pair}>
            <Button
              busy={change.pending}
              aria-label={t("lines.turnOnNamed", { line: name })}
              onClick={() => ask(true)}
            >
              {t("lines.turnOn")}
            </Button>
            <Button
              busy={change.pending}
              aria-label={t("lines.turnOffNamed", { line: name })}
              onClick={() => ask(false)}
            >
              {t("lines.turnOff")}
            </Button>
          </span>
        )}
        {enabled && shown.state !== "unknown" && (
          <button
            type="button"
            role="switch"
            className={styles.switch}
            aria-checked={shown.state === "on"}
            aria-label={name}
            aria-busy={change.pending || undefined}
            aria-disabled={change.pending || undefined}
            onClick={() => !change.pending && ask(shown.state !== "on")}
          >
            <LineMark state={shown.state} />
            <span className={styles.track} aria-hidden="true">
              <i />
            </span>
          </button>
        )}
      </div>
      {change.pending && asked !== null && (
        <Note>
          <p role="status">{asked ? t("lines.askingOn") : t("lines.askingOff")}</p>
        </Note>
      )}
      {change.answer !== null && <Answer answer={change.answer} />}
      {change.error !== null && (
        <ErrorNote error={change.error}>
          <WayOut error={change.error} server={server} />
          {!hasWayOut(change.error) && <Button onClick={onLookAgain}>{t("lines.lookAgain")}</Button>}
        </ErrorNote>
      )}
      {offeredAgain && asked !== null && (
        <Note tone="good">
          <p>{t("signIn.offeredAgain")}</p>
          <Button ref={again} onClick={() => ask(asked)}>
            {asked ? t("lines.turnOnNamed", { line: name }) : t("lines.turnOffNamed", { line: name })}
          </Button>
        </Note>
      )}
    </fieldset>
  );
}

function Answer({ answer }: { answer: LineSwitched }) {
  const { t } = useTranslation();
  const state = t(`lines.state.${answer.answered}`);
  if (answer.wrongFlat !== null) {
    return (
      <Note tone="warn" title={t("lines.wrongFlatTitle")}>
        {t("lines.wrongFlat", { flat: answer.wrongFlat })}
      </Note>
    );
  }
  if (answer.asAsked && answer.alsoChanged.length > 0) {
    const lines = answer.alsoChanged.map((line) => t(`lines.name.${line}`)).join(", ");
    return (
      <Note tone="warn" title={t("lines.answered", { state })}>
        {t("lines.alsoChanged", { lines })}
      </Note>
    );
  }
  if (answer.asAsked) return <Note tone="good">{t("lines.answered", { state })}</Note>;
  const asked = t(`lines.state.${answer.asked ? "on" : "off"}`);
  return (
    <Note tone="warn" title={t("lines.differsTitle")}>
      {t("lines.differs", { asked, answered: state })}
    </Note>
  );
}

/** The answer to a switch counts until something newer was read. */
function newer(known: LineState, answered: LineState | undefined): LineState {
  if (answered?.confirmedAt == null) return known;
  return known.confirmedAt === null || answered.confirmedAt > known.confirmedAt ? answered : known;
}
