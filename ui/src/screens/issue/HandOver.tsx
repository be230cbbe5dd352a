import { Copy, MessageSquareText } from "lucide-react";
import { useEffect, useRef } from "react";
import { useShortcut } from "../../app/shortcuts";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { copyCode, copyText, listIntercoms, loadIntercoms } from "../../core/bindings/commands";
import { useAppState } from "../../core/useAppState";
import { useKnown } from "../../core/useKnown";
import { useWrite } from "../../core/useWrite";
import { chosenLanguage } from "../../i18n/i18n";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import styles from "./Issue.module.css";
import { visitorText } from "./visitorText";

type HandOverProps = {
  server: string;
  row: CodeRow;
  code: string;
  /** Whether it was put on the clipboard when it was issued; left out for a code that was issued before. */
  copied?: boolean;
  /** The code was just issued: one more Enter copies it again and does nothing else. */
  focusCopy?: boolean;
};

/** The ways a code leaves the desk, one key each: its digits, or a message for the visitor. */
export function HandOver({ server, row, code, copied, focusCopy = false }: HandOverProps) {
  const { t, tIn, language: spoken } = useTexts();
  const { preferences } = useAppState();
  const copy = useWrite(copyCode);
  const message = useWrite(copyText);
  const { data: known } = useKnown(loadIntercoms, listIntercoms, { server });
  const intercom = known?.intercoms.find((each) => each.id === row.intercom);
  // Where the visitor's language follows the window's, it follows what is spoken here right now.
  const language = chosenLanguage(preferences.visitorLanguage, spoken);

  const copyDigits = () => {
    message.reset();
    void copy.run({ server, key: row.key });
  };
  const copyMessage = () => {
    copy.reset();
    const text = visitorText(tIn(language), language, {
      code,
      address: intercom?.address ?? null,
      entrance: intercom?.entrance ?? null,
      intercom: row.intercomTitle ?? intercom?.title ?? null,
      flat: row.flatNumber,
      until: row.until,
    });
    void message.run({ text });
  };
  const copyButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusCopy) copyButton.current?.focus();
  }, [focusCopy]);
  useShortcut("c", t("keys.copyCode"), copyDigits);
  useShortcut("m", t("keys.copyMessage"), copyMessage);

  return (
    <div className={styles.handOver}>
      <p role="status" className={styles.facts}>
        {message.done && t("issue.messageCopied", { language: t(`issue.messageIn.${language}`) })}
        {!message.done && (copied === true || copy.done) && t("issue.copied")}
        {!message.done && copied === false && !copy.done && t("issue.notCopied")}
      </p>
      {copy.error !== null && <ErrorNote error={copy.error} />}
      {message.error !== null && <ErrorNote error={message.error} />}
      <div className={styles.actions}>
        <Button
          ref={copyButton}
          icon={<Copy aria-hidden="true" />}
          keyHint="c"
          busy={copy.pending}
          onClick={copyDigits}
        >
          {t("issue.copy")}
        </Button>
        <Button
          icon={<MessageSquareText aria-hidden="true" />}
          keyHint="m"
          busy={message.pending}
          onClick={copyMessage}
        >
          {t("issue.copyMessage")}
        </Button>
      </div>
    </div>
  );
}
