import { useRef } from "react";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { CodeDigits } from "../../parts/CodeDigits";
import { Dialog } from "../../parts/Dialog";
import { Note } from "../../parts/Note";
import { ServerText } from "../../parts/ServerText";
import { useAway } from "../../parts/useAway";
import styles from "./CodesScreen.module.css";

/** Codes named one by one before they are counted. */
const NAMED = 8;
const REASONS = ["no_account", "other_account", "not_offered", "nothing_known"] as const;

/** A deletion whose answer was lost can be asked for again: it does nothing twice. */
export function canDelete({ deletion }: CodeRow): boolean {
  return deletion === "possible" || deletion === "unsettled";
}

type DeleteDialogProps = {
  server: string;
  rows: readonly CodeRow[];
  onDelete: (rows: readonly CodeRow[]) => void;
  onClose: () => void;
};

/** How many and which codes go, and which stay and why. */
export function DeleteDialog({ server, rows, onDelete, onClose }: DeleteDialogProps) {
  const { t } = useTexts();
  const away = useAway(server);
  const cancel = useRef<HTMLButtonElement>(null);
  const going = rows.filter(canDelete);
  const count = going.length;
  return (
    <Dialog
      open
      urgent
      title={count === 0 ? t("codes.deleteNone") : t("codes.deleteTitle", { count })}
      {...(count === 0 ? {} : { description: t("codes.deleteText") })}
      initialFocus={cancel}
      onClose={onClose}
    >
      {count > 0 && <Names rows={going} />}
      {REASONS.map((reason) => {
        const staying = rows.filter((row) => row.deletion === reason);
        if (staying.length === 0) return null;
        return (
          <Note key={reason} title={t(`codes.keptBecause.${reason}`)}>
            <Names rows={staying} />
          </Note>
        );
      })}
      {count > 0 && away !== null && <Note>{away}</Note>}
      <div className={styles.actions}>
        <Button ref={cancel} onClick={onClose}>
          {t(count === 0 ? "common.close" : "common.cancel")}
        </Button>
        {count > 0 && (
          <Button look="danger" blocked={away} onClick={() => onDelete(going)}>
            {t("codes.deleteSelected", { count })}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Names({ rows }: { rows: readonly CodeRow[] }) {
  const { t } = useTexts();
  return (
    <ul className={styles.names}>
      {rows.slice(0, NAMED).map((row) => (
        <li key={row.key}>
          <CodeDigits code={row.code} /> <ServerText>{row.title}</ServerText>
          {row.flatNumber !== null && (
            <>
              {" · "}
              <ServerText>{t("flats.flat", { number: row.flatNumber })}</ServerText>
            </>
          )}
        </li>
      ))}
      {rows.length > NAMED && <li>{t("codes.andMore", { count: rows.length - NAMED })}</li>}
    </ul>
  );
}
