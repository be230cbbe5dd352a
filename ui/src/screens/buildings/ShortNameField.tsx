import { Pencil } from "lucide-react";
import { useState } from "react";
import { setShortName } from "../../core/bindings/commands";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { DialogActions } from "../../parts/DialogActions";
import { isolated } from "../../parts/oneLine";
import { CommitField } from "../settings/CommitField";

/** What the intercom is called for short, and the way to change it. */
export function ShortNameButton({ server, row, title }: { server: string; row: IntercomRow; title: string }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        title={t("intercoms.shortName")}
        aria-label={`${t("intercoms.shortName")} ${row.shortName}`}
        icon={<Pencil aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {isolated(row.shortName)}
      </Button>
      <Dialog open={open} title={isolated(title)} onClose={() => setOpen(false)}>
        <ShortNameField server={server} row={row} onEntered={() => setOpen(false)} />
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t("common.close")}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

/** What the intercom is called for short; empty, it is called by its entrance or its title. `onEntered`: with Enter, and saved. */
function ShortNameField({
  server,
  row,
  onEntered,
}: {
  server: string;
  row: IntercomRow;
  onEntered: () => void;
}) {
  const { t } = useTexts();
  const save = useWrite(setShortName);
  const saved = row.isShortNameChosen ? row.shortName : "";
  const commit = (shortName: string) => save.run({ server, intercom: row.id, shortName });
  const enter = async (typed: string) => {
    if (typed === saved || (await commit(typed)).done) onEntered();
  };
  const refused =
    save.error?.code === "setting_invalid"
      ? t("intercoms.shortNameRefused")
      : save.error && errorWords(t, save.error).title;
  return (
    <CommitField
      label={t("intercoms.shortName")}
      placeholder={row.shortName}
      hint={t("intercoms.shortNameHint", { example: `${row.shortName}-45` })}
      value={saved}
      readOnly={save.pending}
      errors={refused === null || refused === undefined ? [] : [refused]}
      onCommit={(typed) => void commit(typed)}
      onEnter={(typed) => void enter(typed)}
    />
  );
}
