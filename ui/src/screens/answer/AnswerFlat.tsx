import type { Answer } from "../../core/bindings/Answer";
import type { CodeRow } from "../../core/bindings/CodeRow";
import type { FlatLines } from "../../core/bindings/FlatLines";
import type { FlatTarget } from "../../core/bindings/FlatTarget";
import { useTexts } from "../../i18n/texts";
import { CodeDigits } from "../../parts/CodeDigits";
import { PaneSection } from "../../parts/Pane";
import { ServerText } from "../../parts/ServerText";
import { Skeleton } from "../../parts/Skeleton";
import { LineMark } from "../../parts/StateMark";
import { Tag } from "../../parts/Tag";
import { Keys, Residents, ToldAt } from "../buildings/FlatPeople";
import { LINES, lineKey, shownState, useLineSwitches } from "../buildings/lineSwitches";
import { TimeLeft } from "../codes/TimeLeft";
import type { Hit } from "../search/hits";
import styles from "./Answer.module.css";

type AnswerFlatProps = { server: string; hit: Hit; answer: Answer | undefined; wasRead: boolean };

/** What belongs to a flat, each group with its own age, and in it what was found. */
export function AnswerFlat({ server, hit, answer, wasRead }: AnswerFlatProps) {
  if (answer === undefined) return hit.of.at.intercom === null ? null : <Skeleton rows={6} />;
  const { flat, door, codes, codesAt } = answer;
  const known = flat ?? door;
  return (
    <div className={styles.groups}>
      {known !== null && (
        <Lines
          server={server}
          intercom={hit.of.at.intercom ?? 0}
          flat={{ id: known.id, number: known.number }}
          lines={known.lines}
        />
      )}
      <Codes codes={codes} at={codesAt} found={hit.kind === "code" ? hit.of.code.key : null} />
      {flat !== null && (
        <>
          <Residents
            residents={flat.residents}
            at={flat.residentsAt}
            wasRead={wasRead}
            found={hit.kind === "person" ? hit.of.id : null}
          />
          <Keys
            keys={flat.keys}
            at={flat.keysAt}
            wasRead={wasRead}
            found={hit.kind === "key" ? hit.of.key.id : null}
          />
        </>
      )}
    </div>
  );
}

type LinesProps = { server: string; intercom: number; flat: FlatTarget; lines: FlatLines };

/** The lines as they are; they are switched where their own switches are. */
function Lines({ server, intercom, flat, lines }: LinesProps) {
  const { t } = useTexts();
  const switches = useLineSwitches();
  return (
    <PaneSection title={t("lines.title")}>
      <ul className={styles.rows}>
        {LINES.map((line) => {
          const one = switches.of(lineKey({ server, intercom, flat, line }));
          const { state, confirmedAt } = shownState(lines[line], one);
          return (
            <li key={line} className={styles.line}>
              <span>
                {t(`lines.name.${line}`)}
                {confirmedAt !== null && <ToldAt at={confirmedAt} />}
              </span>
              <LineMark state={state} />
            </li>
          );
        })}
      </ul>
    </PaneSection>
  );
}

type CodesProps = { codes: readonly CodeRow[]; at: string | null; found: string | null };

/** The codes that open the door for this flat, or may. */
function Codes({ codes, at, found }: CodesProps) {
  const { t } = useTexts();
  return (
    <PaneSection title={t("answer.codes")}>
      <ToldAt at={at} />
      {codes.length === 0 && (
        <p className={styles.none}>{t(at === null ? "answer.codesNotRead" : "answer.noCodes")}</p>
      )}
      <ul className={styles.rows}>
        {codes.map((row) => (
          <li key={row.key} className={styles.code}>
            <CodeDigits code={row.code} />
            <ServerText cut>{row.title}</ServerText>
            {row.key === found && <Tag tone="live">{t("answer.found")}</Tag>}
            <TimeLeft row={row} />
          </li>
        ))}
      </ul>
    </PaneSection>
  );
}
