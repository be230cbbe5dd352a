import { useEffect, useRef } from "react";
import type { FlatLines } from "../../core/bindings/FlatLines";
import type { FlatTarget } from "../../core/bindings/FlatTarget";
import type { LineName } from "../../core/bindings/LineName";
import type { LineState } from "../../core/bindings/LineState";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Confirmed } from "../../parts/Confirmed";
import { LineMark } from "../../parts/StateMark";
import { useAway } from "../../parts/useAway";
import { useFoundFor } from "../search/found";
import styles from "./BuildingsScreen.module.css";
import { LineOutcome } from "./LineOutcome";
import { LINES, lineKey, shownState, useLineSwitches } from "./lineSwitches";

type LineRowsProps = Omit<LineRowProps, "line" | "known"> & { lines: FlatLines };

/** The lines of a flat. Whoever came from the search for them finds the focus on the first switch. */
export function LineRows({ lines, ...rest }: LineRowsProps) {
  const rows = useRef<HTMLDivElement>(null);
  const asked = useFoundFor("lines");
  useEffect(() => {
    if (asked !== undefined) rows.current?.querySelector("button")?.focus();
  }, [asked]);
  return (
    <div ref={rows} className={styles.list}>
      {LINES.map((line) => (
        <LineRow key={line} {...rest} line={line} known={lines[line]} />
      ))}
    </div>
  );
}

type LineRowProps = {
  server: string;
  intercom: number;
  place: string | null;
  flat: FlatTarget;
  line: LineName;
  known: LineState;
  enabled: boolean;
};

/** One line: what is known of it, the switch, and what the server answered. */
function LineRow({ server, intercom, place, flat, line, known, enabled }: LineRowProps) {
  const { t } = useTexts();
  const switches = useLineSwitches();
  const away = useAway(server);
  const one = switches.of(lineKey({ server, intercom, flat, line }));
  const name = t(`lines.name.${line}`);
  const shown = shownState(known, one);
  const busy = one !== undefined && one.endedAt === null;
  const ask = (on: boolean) => switches.ask({ server, intercom, place, flat, line, on, before: shown.state });

  return (
    <fieldset className={styles.line} aria-label={name}>
      <div className={styles.lineTop}>
        <span className={styles.lineName}>
          {name}
          {shown.state === "unknown" && <LineMark state="unknown" />}
          {shown.state !== "unknown" && shown.confirmedAt !== null && (
            <span className={styles.lineAge}>
              <Confirmed at={shown.confirmedAt} />
            </span>
          )}
        </span>
        {!enabled && shown.state !== "unknown" && <LineMark state={shown.state} />}
        {enabled && shown.state === "unknown" && (
          <span className={styles.pair}>
            <Button
              busy={busy}
              blocked={away}
              aria-label={t("lines.turnOnNamed", { line: name })}
              onClick={() => ask(true)}
            >
              {t("lines.turnOn")}
            </Button>
            <Button
              busy={busy}
              blocked={away}
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
            aria-busy={busy || undefined}
            aria-disabled={busy || away !== null || undefined}
            {...(away === null ? {} : { title: away, "aria-description": away })}
            onClick={() => !busy && away === null && ask(shown.state !== "on")}
          >
            <LineMark state={shown.state} />
            <span className={styles.track} aria-hidden="true">
              <i />
            </span>
          </button>
        )}
      </div>
      {one !== undefined && <LineOutcome one={one} />}
    </fieldset>
  );
}
