import { Circle, CircleDashed, Info, OctagonX, RefreshCw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { copyLog, readLog } from "../../core/bindings/commands";
import type { LogLevel } from "../../core/bindings/LogLevel";
import type { LogLine } from "../../core/bindings/LogLine";
import { useRead } from "../../core/useRead";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { instant } from "../../i18n/time";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { Skeleton } from "../../parts/Skeleton";
import styles from "./LogViewer.module.css";

const LINES = 500;
const LEVELS: readonly LogLevel[] = ["error", "warn", "info", "debug", "trace"];
const SHAPES = { error: OctagonX, warn: TriangleAlert, info: Info, debug: Circle, trace: CircleDashed };
type Least = "error" | "warn" | "info" | "trace";

/** The end of the log, newest first. It holds no secret and no text of a server's answer. */
export function LogViewer() {
  const { t } = useTexts();
  const [least, setLeast] = useState<Least>("trace");
  const log = useRead(readLog, { limit: LINES });
  const copy = useWrite(copyLog);
  const shown = log.data?.lines.filter(({ level }) => LEVELS.indexOf(level) <= LEVELS.indexOf(least));
  return (
    <div className={styles.log}>
      <header className={styles.head}>
        <h3>{t("log.title")}</h3>
        <Choice<Least>
          label={t("log.least")}
          quietLabel
          value={least}
          onChange={setLeast}
          options={(["trace", "info", "warn", "error"] as const).map((value) => ({
            value,
            label: t(`log.show.${value}`),
          }))}
        />
        <Button
          icon={<RefreshCw aria-hidden="true" />}
          busy={log.isFetching}
          onClick={() => void log.refetch()}
        >
          {t("common.refresh")}
        </Button>
        <Button busy={copy.pending} onClick={() => void copy.run(null)}>
          {copy.done ? t("common.copied") : t("log.copy")}
        </Button>
      </header>
      {copy.error !== null && <ErrorNote error={copy.error} />}
      {log.error !== null && (
        <ErrorNote error={log.error}>
          <Button onClick={() => void log.refetch()}>{t("common.tryAgain")}</Button>
        </ErrorNote>
      )}
      {shown === undefined && log.error === null && <Skeleton rows={4} height={24} />}
      {shown?.length === 0 && (
        <Note>{log.data?.lines.length === 0 ? t("log.empty") : t("log.noneOfLevel")}</Note>
      )}
      {shown !== undefined && shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        <section className={styles.lines} aria-label={t("log.title")} tabIndex={0}>
          <ol>
            {shown.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <Line key={index} line={line} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Line({ line }: { line: LogLine }) {
  const { t } = useTexts();
  const Shape = SHAPES[line.level];
  return (
    <li className={styles.line}>
      <span className={`${styles.level} ${styles[line.level]}`}>
        <Shape aria-hidden="true" size={14} />
        {t(`log.level.${line.level}`)}
      </span>
      <WrittenAt at={line.at} />
      <span className={styles.text}>
        {line.text} <span className={styles.origin}>{line.origin}</span>
      </span>
    </li>
  );
}

/** The time as it was written, in this computer's zone where it can be read. */
function WrittenAt({ at }: { at: string }) {
  const { language } = useTexts();
  const moment = instant(at);
  const locale = language === "ru" ? "ru-RU" : "en-GB";
  const shown =
    moment === null
      ? at
      : new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "medium" }).format(moment);
  return (
    <time className={styles.at} title={at}>
      {shown}
    </time>
  );
}
