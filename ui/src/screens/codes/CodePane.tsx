import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/shortcuts";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { copyCode, settleCode } from "../../core/bindings/commands";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { Pane } from "../../parts/Pane";
import { Moment } from "../../parts/RelativeTime";
import { intercomName } from "./CodesGrid";
import styles from "./CodesScreen.module.css";
import { TimeLeft } from "./TimeLeft";

export function CodePane({ server, row, onClose }: { server: string; row: CodeRow; onClose: () => void }) {
  const { t } = useTranslation();
  useShortcut("escape", t("keys.closePane"), onClose);
  return (
    <Pane
      title={row.title}
      under={row.state === "unresolved" ? t("codes.unresolvedShort") : undefined}
      onClose={onClose}
    >
      {row.code !== null && <CodeDigits code={row.code} size="large" />}
      {row.state === "unresolved" ? (
        <Unresolved server={server} row={row} onClose={onClose} />
      ) : (
        <CopyAgain server={server} row={row} />
      )}
      <dl className={styles.facts}>
        <Fact name={t("codes.left")} value={<TimeLeft row={row} />} />
        <Fact name={t("codes.until")} value={<Moment at={row.until} />} />
        <Fact name={t("codes.flat")} value={row.flatNumber ?? "—"} />
        <Fact name={t("codes.intercom")} value={intercomName(t, row)} />
        <Fact
          name={t(row.state === "unresolved" ? "codes.asked" : "codes.created")}
          value={<Moment at={row.createdAt} />}
        />
        <Fact name={t("codes.origin")} value={t(`codes.originOf.${row.origin}`)} />
      </dl>
      {row.origin === "desk_unlisted" && <Note>{t("codes.unlistedWhy")}</Note>}
    </Pane>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function CopyAgain({ server, row }: { server: string; row: CodeRow }) {
  const { t } = useTranslation();
  const copy = useWrite(copyCode);
  return (
    <div className={styles.actions}>
      <Button
        icon={<Copy aria-hidden="true" />}
        busy={copy.pending}
        onClick={() => void copy.run({ server, key: row.key })}
      >
        {t("issue.copy")}
      </Button>
      {copy.done && <p role="status">{t("issue.copied")}</p>}
      {copy.error !== null && <ErrorNote error={copy.error} />}
    </div>
  );
}

/** An answer was lost: what is safe, what to do, and the person's own word that it was looked after. */
function Unresolved({ server, row, onClose }: { server: string; row: CodeRow; onClose: () => void }) {
  const { t } = useTranslation();
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
