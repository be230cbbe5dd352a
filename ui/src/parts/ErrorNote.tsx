import { CircleAlert, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../core/bindings/CommandError";
import { copyDetails } from "../core/bindings/commands";
import { fieldTexts, numberParam } from "../core/errors";
import { useWrite } from "../core/useWrite";
import { errorWords } from "../i18n/errorWords";
import { Button } from "./Button";
import styles from "./ErrorNote.module.css";

type ErrorNoteProps = {
  error: CommandError;
  /** Fields whose texts already stand beside them. */
  besideFields?: readonly string[];
  /** What the person can do from here. */
  children?: ReactNode;
};

/** What happened, what is safe, what next. */
export function ErrorNote({ error, besideFields = [], children }: ErrorNoteProps) {
  const { t } = useTranslation();
  const words = errorWords(t, error);
  const texts = Object.entries(fieldTexts(error)).filter(([field]) => !besideFields.includes(field));
  return (
    <div className={styles.note} role="alert">
      <CircleAlert aria-hidden="true" size={18} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{words.title}</p>
        {words.detail !== null && <p>{words.detail}</p>}
        {texts.length > 0 && (
          <ul className={styles.texts}>
            {texts.flatMap(([field, each]) => each.map((text) => <li key={`${field} ${text}`}>{text}</li>))}
          </ul>
        )}
        <p>{words.safe}</p>
        <p>{words.next}</p>
        <div className={styles.actions}>
          {children}
          <CopyDetails error={error} />
        </div>
      </div>
    </div>
  );
}

/** Only what a maintainer needs and nobody's data: no address, no name, no text from the server. */
function CopyDetails({ error }: { error: CommandError }) {
  const { t } = useTranslation();
  const copy = useWrite(copyDetails);
  const details = { code: error.code, status: numberParam(error, "status"), trace: error.trace };
  return (
    <Button look="quiet" icon={<Copy aria-hidden="true" />} onClick={() => void copy.run(details)}>
      {copy.done ? t("common.copied") : t("common.copyDetails")}
    </Button>
  );
}
