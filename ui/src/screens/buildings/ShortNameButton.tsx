import type { TFunction } from "i18next";
import { Pencil } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import { setShortName } from "../../core/bindings/commands";
import type { IntercomRow } from "../../core/bindings/IntercomRow";
import { numberParam, textParam } from "../../core/errors";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { DialogActions } from "../../parts/DialogActions";
import { TextField } from "../../parts/Field";
import { isolated } from "../../parts/oneLine";
import styles from "./BuildingsScreen.module.css";

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
        <ShortNameForm server={server} row={row} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type ShortNameFormProps = { server: string; row: IntercomRow; onClose: () => void };

/** What the intercom is called for short; empty, it is called by its entrance or its title. */
function ShortNameForm({ server, row, onClose }: ShortNameFormProps) {
  const { t } = useTexts();
  const save = useWrite(setShortName);
  const saved = row.isShortNameChosen ? row.shortName : "";
  const [typed, setTyped] = useState(saved);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const shortName = typed.trim();
    if (shortName === saved || (await save.run({ server, intercom: row.id, shortName })).done) onClose();
    else field.current?.focus();
  };
  return (
    <form className={styles.shortName} noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        ref={field}
        label={t("intercoms.shortName")}
        placeholder={row.shortName}
        hint={t("intercoms.shortNameHint", { example: `${row.shortName}-45` })}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          save.reset();
        }}
        // What is typed now would go with the dialog.
        readOnly={save.pending}
        errors={save.error === null ? [] : [refusal(t, save.error)]}
      />
      <DialogActions>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" look="primary" busy={save.pending}>
          {t("intercoms.shortNameSave")}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Why the name was not taken over. */
function refusal(t: TFunction, error: CommandError): string {
  if (error.code !== "setting_invalid") return errorWords(t, error).title;
  const id = numberParam(error, "id");
  if (id === null) return t("intercoms.shortNameRefused");
  const holder = textParam(error, "title") ?? t("intercoms.onlyId", { id });
  return t("intercoms.shortNameTaken", { intercom: isolated(holder) });
}
