import { CircleAlert, Copy } from "lucide-react";
import type { ReactNode } from "react";
import type { CommandError } from "../core/bindings/CommandError";
import { copyDetails } from "../core/bindings/commands";
import { fieldTexts, numberParam, textParam } from "../core/errors";
import { useWrite } from "../core/useWrite";
import { errorWords } from "../i18n/errorWords";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import { Countdown } from "./Countdown";
import styles from "./ErrorNote.module.css";
import { Fold } from "./Fold";

type ErrorNoteProps = {
  error: CommandError;
  /** Fields whose texts already stand beside them. */
  besideFields?: readonly string[];
  /** What the texts about fields are called by the fields they are about. */
  textsId?: string;
  /** What the person can do from here. */
  children?: ReactNode;
};

/** Characters of the server's own words that are shown at once. */
const SHORT = 240;

/** What happened, what is safe, what next. */
export function ErrorNote({ error, besideFields = [], textsId, children }: ErrorNoteProps) {
  const { t } = useTexts();
  const words = errorWords(t, error);
  const texts = Object.entries(fieldTexts(error)).filter(([field]) => !besideFields.includes(field));
  const wait = error.code === "rate_limited" ? numberParam(error, "seconds") : null;
  return (
    <div className={styles.note} role="alert">
      <CircleAlert aria-hidden="true" size={18} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{words.title}</p>
        {words.detail !== null && <p>{words.detail}</p>}
        {wait !== null && <Countdown error={error} seconds={wait} />}
        {texts.length > 0 && (
          <ul id={textsId} className={styles.texts}>
            {texts.flatMap(([field, each]) => each.map((text) => <li key={`${field} ${text}`}>{text}</li>))}
          </ul>
        )}
        {words.message !== null && <ServerMessage message={words.message} />}
        <p>{words.safe}</p>
        <p>{words.next}</p>
        <div className={styles.actions}>
          {children}
          <CopyDetails key={error.trace} error={error} />
        </div>
      </div>
    </div>
  );
}

/** The server's own words, as plain text and as a quotation: Gatehouse neither wrote nor checked them. */
function ServerMessage({ message }: { message: string }) {
  const { t } = useTexts();
  const long = message.length > SHORT;
  return (
    <figure className={styles.quote}>
      <figcaption>{t("errors.serverSays")}</figcaption>
      <blockquote>{long ? `${message.slice(0, SHORT).trimEnd()}…` : message}</blockquote>
      {long && (
        <Fold title={t("errors.readAll")}>
          <blockquote>{message}</blockquote>
        </Fold>
      )}
    </figure>
  );
}

/** Only what a maintainer needs and nobody's data: no address, no name, no text from the server. */
function CopyDetails({ error }: { error: CommandError }) {
  const { t } = useTexts();
  const copy = useWrite(copyDetails);
  const details = {
    code: error.code,
    why: textParam(error, "why"),
    status: numberParam(error, "status"),
    trace: error.trace,
  };
  return (
    <>
      <Button look="quiet" icon={<Copy aria-hidden="true" />} onClick={() => void copy.run(details)}>
        {copy.done ? t("common.copied") : t("common.copyDetails")}
      </Button>
      {copy.error !== null && <span className={styles.failed}>{errorWords(t, copy.error).title}</span>}
    </>
  );
}
