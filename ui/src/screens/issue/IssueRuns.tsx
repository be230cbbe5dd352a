import { useNavigate } from "@tanstack/react-router";
import { useWrites } from "../../core/CoreProvider";
import { useOfferedAgain } from "../../core/writes";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { isolated } from "../../parts/oneLine";
import { ServerText } from "../../parts/ServerText";
import styles from "../../parts/Strip.module.css";
import { Tag } from "../../parts/Tag";
import { useOpenedCode } from "../codes/openedCode";
import { type IssueRun, runState, useIssueRuns } from "./issueRuns";

const TONES = { pending: "plain", issued: "live", unknown: "warn", stopped: "warn", refused: "bad" } as const;

/** Codes whose form was closed before the answer came: each with what became of it and the way back to its form. */
export function IssueRuns({ server }: { server: string }) {
  const { t } = useTexts();
  const { runs, drop } = useIssueRuns(server);
  if (runs.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t("issue.runs")}>
      <ul>
        {runs.map((run) => (
          <li key={run.key}>
            <Run run={run} onDrop={() => drop(run)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Run({ run, onDrop }: { run: IssueRun; onDrop: () => void }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [, setOpened] = useOpenedCode();
  const offeredAgain = useOfferedAgain(useWrites(), run.stopped);
  const state = runState(run);
  const { intercom, flat } = run.target;
  const title = isolated(run.title);
  const row = run.answer?.row;
  const openForm = () =>
    void navigate({
      to: "/buildings",
      search: flat === null ? { intercom, code: true } : { intercom, flat: flat.id },
    });
  const see = () => {
    onDrop();
    if (row !== undefined) setOpened(() => row);
    void navigate({ to: "/codes", search: row === undefined ? { show: "unresolved" } : { row: row.key } });
  };
  const differs = run.answer !== null && run.answer.difference !== null;
  return (
    <div className={styles.item} role="status">
      <Tag tone={TONES[state]}>{t(`issue.run.${state}`)}</Tag>
      {row !== undefined && <CodeDigits code={row.code} />}
      <p className={styles.words}>
        <b>
          <ServerText>{run.title}</ServerText>
          {" · "}
          {flat === null ? t("issue.runOwn") : t("flats.flat", { number: isolated(flat.number) })}
        </b>{" "}
        {differs && t("issue.differs")}
        {offeredAgain && t("signIn.offeredAgain")}
        {run.error !== null && !offeredAgain && errorWords(t, run.error).title}
      </p>
      {(state === "issued" || state === "unknown") && (
        <Button aria-label={t("issue.seeRun", { title })} onClick={see}>
          {t("issue.seeCodes")}
        </Button>
      )}
      <Button look="quiet" aria-label={t("issue.openFormOf", { title })} onClick={openForm}>
        {t("issue.openForm")}
      </Button>
      {state !== "pending" && (
        <Button look="quiet" aria-label={t("issue.dismissRun", { title })} onClick={onDrop}>
          {t("lines.dismiss")}
        </Button>
      )}
    </div>
  );
}
