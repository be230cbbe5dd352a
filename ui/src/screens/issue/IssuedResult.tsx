import { Copy } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { copyCode, setZone } from "../../core/bindings/commands";
import type { IssuedCode } from "../../core/bindings/IssuedCode";
import { useNow } from "../../core/now";
import { useWrite } from "../../core/useWrite";
import { instant, type TimeWords, useTimeWords } from "../../i18n/time";
import { zoneName } from "../../i18n/zone";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import styles from "./Issue.module.css";

type IssuedResultProps = { issued: IssuedCode; server: string; onAnother: () => void };

/** The answer, to be read aloud across a counter. */
export function IssuedResult({ issued, server, onAnother }: IssuedResultProps) {
  const { t } = useTranslation();
  const now = useNow();
  const words = useTimeWords();
  const copy = useWrite(copyCode);
  const another = useRef<HTMLButtonElement>(null);
  const { row } = issued;
  const end = instant(row.until);

  useEffect(() => another.current?.focus(), []);

  return (
    <section className={styles.result} aria-label={t("issue.issued")}>
      <output className={styles.digits}>
        <CodeDigits code={row.code} size="large" />
      </output>
      <p className={styles.facts}>
        <b>{end === null ? t("issue.endNotSaid") : t("issue.preview", { when: words.when(end, now) })}</b>
        {" · "}
        {row.title}
        {row.flatNumber !== null && ` · ${t("flats.flat", { number: row.flatNumber })}`}
      </p>
      <p className={styles.facts} role="status">
        {issued.copied || copy.done ? t("issue.copied") : t("issue.notCopied")}
      </p>
      {issued.difference !== null && (
        <Note tone="warn" title={t("issue.differs")}>
          {differences(t, words, issued.difference, now).map((text) => (
            <p key={text}>{text}</p>
          ))}
          {issued.difference.zoneMinutes !== null && (
            <UseZone server={server} minutes={issued.difference.zoneMinutes} />
          )}
        </Note>
      )}
      {copy.error !== null && <ErrorNote error={copy.error} />}
      <div className={styles.actions}>
        <Button
          icon={<Copy aria-hidden="true" />}
          busy={copy.pending}
          onClick={() => void copy.run({ server, key: row.key })}
        >
          {t("issue.copy")}
        </Button>
        <Button ref={another} onClick={onAnother}>
          {t("issue.another")}
        </Button>
      </div>
    </section>
  );
}

/** The difference is explained by the server's zone: from now on it can be understood. */
function UseZone({ server, minutes }: { server: string; minutes: number }) {
  const { t } = useTranslation();
  const save = useWrite(setZone);
  const zone = zoneName(minutes);
  if (save.done) return <p role="status">{t("issue.zoneUsed", { zone })}</p>;
  return (
    <>
      <Button busy={save.pending} onClick={() => void save.run({ server, minutes })}>
        {t("issue.useZone", { zone })}
      </Button>
      {save.error !== null && <ErrorNote error={save.error} />}
    </>
  );
}

/** Every way in which the answer is not what was asked, in plain words. */
function differences(
  t: ReturnType<typeof useTranslation>["t"],
  words: TimeWords,
  difference: NonNullable<IssuedCode["difference"]>,
  now: number,
): string[] {
  const asked = instant(difference.asked);
  const got = instant(difference.got);
  const texts: string[] = [];
  if (difference.wrongFlat !== null) texts.push(t("issue.wrongFlat", { flat: difference.wrongFlat }));
  if (got === null) texts.push(t("issue.noEnd"));
  else if (asked !== null && got !== asked) {
    texts.push(t("issue.otherEnd", { asked: words.when(asked, now), got: words.when(got, now) }));
  }
  if (difference.zoneMinutes !== null) {
    texts.push(t("issue.wrongZone", { zone: zoneName(difference.zoneMinutes) }));
  }
  return texts;
}
