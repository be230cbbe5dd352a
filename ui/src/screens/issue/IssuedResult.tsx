import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { IssuedCode } from "../../core/bindings/IssuedCode";
import type { ServerView } from "../../core/bindings/ServerView";
import { useNow } from "../../core/now";
import { useServer } from "../../core/useAppState";
import { useServerSettings } from "../../core/useServerSettings";
import { useTexts } from "../../i18n/texts";
import { instant, type TimeWords, useTimeWords } from "../../i18n/time";
import { zoneName } from "../../i18n/zone";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { ServerText } from "../../parts/ServerText";
import { useOpenedCode } from "../codes/openedCode";
import { HandOver } from "./HandOver";
import styles from "./Issue.module.css";

type IssuedResultProps = { issued: IssuedCode; server: string; onAnother: () => void };

/** The answer, to be read aloud across a counter. */
export function IssuedResult({ issued, server, onAnother }: IssuedResultProps) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const now = useNow();
  const words = useTimeWords();
  const view = useServer(server);
  const [, setOpened] = useOpenedCode();
  const { row, difference } = issued;
  const end = instant(row.until);

  return (
    <section className={styles.result} aria-label={t("issue.issued")}>
      <p className={styles.where}>
        {[
          row.flatNumber === null ? null : t("flats.flat", { number: isolated(row.flatNumber) }),
          row.intercomTitle === null ? null : isolated(row.intercomTitle),
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      <output className={styles.digits}>
        <CodeDigits code={row.code} size="large" />
      </output>
      <p className={styles.facts}>
        <b>{end === null ? t("issue.endNotSaid") : t("issue.preview", { when: words.when(end, now) })}</b>
        {" · "}
        <ServerText>{row.title}</ServerText>
      </p>
      {difference !== null && (
        <Note tone="warn" title={t("issue.differs")}>
          {differences(t, words, issued, now).map((text) => (
            <p key={text}>{text}</p>
          ))}
          {difference.zoneMinutes !== null && view !== null && (
            <UseZone server={view} minutes={difference.zoneMinutes} />
          )}
        </Note>
      )}
      {row.code !== null && (
        <HandOver server={server} row={row} code={row.code} copied={issued.copied} focusCopy />
      )}
      <div className={styles.actions}>
        <Button onClick={onAnother}>{t("issue.another")}</Button>
        <Button
          look="quiet"
          onClick={() => {
            setOpened(() => row);
            void navigate({ to: "/codes", search: { row: row.key } });
          }}
        >
          {t("issue.seeCodes")}
        </Button>
      </div>
    </section>
  );
}

/** The difference is explained by the server's zone: from now on it can be understood. */
function UseZone({ server, minutes }: { server: ServerView; minutes: number }) {
  const { t } = useTexts();
  const save = useServerSettings(server);
  const zone = zoneName(minutes);
  if (server.zoneMinutes === minutes) return <p role="status">{t("issue.zoneUsed", { zone })}</p>;
  return (
    <>
      <Button busy={save.pending} onClick={() => save.change({ zoneMinutes: minutes })}>
        {t("issue.useZone", { zone })}
      </Button>
      {save.error !== null && <ErrorNote error={save.error} />}
    </>
  );
}

/** Every way in which the answer is not what was asked, in plain words. */
function differences(t: TFunction, words: TimeWords, { difference }: IssuedCode, now: number): string[] {
  if (difference === null) return [];
  const asked = instant(difference.asked);
  const got = instant(difference.got);
  const texts: string[] = [];
  if (difference.wrongFlat !== null) {
    texts.push(t("issue.wrongFlat", { flat: isolated(difference.wrongFlat) }));
  }
  if (difference.wrongIntercom !== null) {
    texts.push(t("issue.wrongIntercom", { id: difference.wrongIntercom }));
  }
  if (difference.wrongTitle !== null) {
    texts.push(t("issue.wrongTitle", { title: isolated(difference.wrongTitle) }));
  }
  if (got === null) texts.push(t("issue.noEnd"));
  else if (asked !== null && got !== asked) {
    texts.push(t("issue.otherEnd", { asked: words.when(asked, now), got: words.when(got, now) }));
  }
  if (difference.zoneMinutes !== null) {
    texts.push(t("issue.wrongZone", { zone: zoneName(difference.zoneMinutes) }));
  }
  if (difference.clockMinutes !== null) {
    const span = words.span(Math.abs(difference.clockMinutes) * 60_000);
    texts.push(t(difference.clockMinutes > 0 ? "issue.clockAhead" : "issue.clockBehind", { span }));
  }
  return texts;
}
