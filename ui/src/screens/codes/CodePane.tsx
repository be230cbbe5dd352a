import { Trash2 } from "lucide-react";
import { useShortcut } from "../../app/shortcuts";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { settleCode } from "../../core/bindings/commands";
import { useNow } from "../../core/now";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { instant, useTimeWords } from "../../i18n/time";
import { zoneName } from "../../i18n/zone";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { Pane } from "../../parts/Pane";
import { Moment } from "../../parts/RelativeTime";
import { ServerText } from "../../parts/ServerText";
import { HandOver } from "../issue/HandOver";
import styles from "./CodesScreen.module.css";
import { intercomName } from "./codeColumns";
import { canDelete } from "./DeleteDialog";
import { originName } from "./origin";
import { TimeLeft } from "./TimeLeft";

type CodePaneProps = {
  server: string;
  row: CodeRow;
  /** It is on the list no more. */
  isGone: boolean;
  onDelete: () => void;
  onClose: () => void;
};

export function CodePane({ server, row, isGone, onDelete, onClose }: CodePaneProps) {
  const { t } = useTexts();
  useShortcut("escape", t("keys.closePane"), onClose);
  return (
    <Pane
      title={isolated(row.title)}
      under={row.state === "unresolved" ? t("codes.unresolvedShort") : undefined}
      onClose={onClose}
    >
      {isGone && <Note tone="warn">{t("codes.gone")}</Note>}
      {row.code !== null && <CodeDigits code={row.code} size="large" />}
      {row.state === "asked" && <Note>{t("codes.askedWhy")}</Note>}
      {row.state === "unresolved" && <Unresolved server={server} row={row} onClose={onClose} />}
      {row.code !== null && !isGone && row.state === "live" && (
        <HandOver server={server} row={row} code={row.code} />
      )}
      {row.askedFlat !== null && (
        <Note tone="warn" title={t("codes.askedFlatTitle")}>
          {row.flatNumber === null
            ? t("codes.askedFlatNone", { asked: isolated(row.askedFlat) })
            : t("codes.askedFlat", { asked: isolated(row.askedFlat), got: isolated(row.flatNumber) })}
        </Note>
      )}
      <Facts row={row} isGone={isGone} />
      {row.origin === "desk_unlisted" && <Note>{t("codes.unlistedWhy")}</Note>}
      {!isGone && row.deletion === "unsettled" && <Note tone="warn">{t("codes.unsettled")}</Note>}
      {!isGone && canDelete(row) && (
        <div className={styles.actions}>
          <Button look="danger" icon={<Trash2 aria-hidden="true" />} onClick={onDelete}>
            {t("codes.delete")}
          </Button>
        </div>
      )}
      {!isGone && row.state !== "unresolved" && row.state !== "asked" && (
        <CannotDelete deletion={row.deletion} />
      )}
      {!isGone && <Note>{t("codes.limits")}</Note>}
    </Pane>
  );
}

function CannotDelete({ deletion }: { deletion: CodeRow["deletion"] }) {
  const { t } = useTexts();
  if (deletion === "possible" || deletion === "unsettled") return null;
  return <Note>{t(`codes.cannotDelete.${deletion}`)}</Note>;
}

/** Of a code that is gone, how long it would be live is no fact. */
function Facts({ row, isGone }: { row: CodeRow; isGone: boolean }) {
  const { t } = useTexts();
  return (
    <dl className={styles.facts}>
      <Fact narrow name={t("codes.titleColumn")} value={<ServerText>{row.title}</ServerText>} />
      {!isGone && <Fact narrow name={t("codes.left")} value={<TimeLeft row={row} />} />}
      <Fact narrow name={t("codes.until")} value={<End at={row.until} />} />
      <Fact
        narrow
        name={t("codes.flat")}
        value={row.flatNumber === null ? "—" : <ServerText>{row.flatNumber}</ServerText>}
      />
      <Fact narrow name={t("codes.intercom")} value={<ServerText>{intercomName(t, row)}</ServerText>} />
      <Fact
        narrow
        name={t(row.state === "unresolved" || row.state === "asked" ? "codes.asked" : "codes.created")}
        value={<Moment at={row.createdAt} />}
      />
      {row.removedAt !== null && (
        <Fact narrow name={t("codes.removedAt")} value={<Moment at={row.removedAt} />} />
      )}
      <Fact narrow name={t("codes.account")} value={t(`accounts.${row.account}.name`)} />
      <Fact narrow name={t("codes.origin")} value={originName(t, row)} />
    </dl>
  );
}

/** The end with the zone it is told in: this computer's, at that moment. */
function End({ at }: { at: string | null }) {
  const { t } = useTexts();
  const now = useNow();
  const words = useTimeWords();
  const end = instant(at);
  if (end === null) return <>—</>;
  const zone = zoneName(-new Date(end).getTimezoneOffset());
  return <time dateTime={at ?? undefined}>{t("codes.untilZone", { when: words.when(end, now), zone })}</time>;
}

/** An answer was lost: what is safe, what to do, and the person's own word that it was looked after. */
function Unresolved({ server, row, onClose }: { server: string; row: CodeRow; onClose: () => void }) {
  const { t } = useTexts();
  const settle = useWrite(settleCode);
  return (
    <Note tone="warn" title={t("codes.unresolvedTitle")}>
      <p>{t("codes.unresolvedSafe")}</p>
      <p>{t("codes.unresolvedNext")}</p>
      {settle.error !== null && <ErrorNote error={settle.error} />}
      <Button
        busy={settle.pending}
        onClick={() => void settle.run({ server, key: row.key }).then((settled) => settled.done && onClose())}
      >
        {t("codes.settle")}
      </Button>
    </Note>
  );
}
