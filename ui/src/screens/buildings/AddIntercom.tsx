import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { addIntercom } from "../../core/bindings/commands";
import type { IntercomName } from "../../core/bindings/IntercomName";
import type { ServerView } from "../../core/bindings/ServerView";
import { readId } from "../../core/readId";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import { WayOut } from "../../parts/WayOut";
import styles from "./BuildingsScreen.module.css";
import { capability } from "./capability";
import { readMac } from "./readMac";

type Kind = IntercomName["kind"];
const KINDS = ["id", "mac", "external_id"] as const satisfies readonly Kind[];
const LABELS = { id: "intercoms.id", mac: "intercoms.mac", external_id: "intercoms.externalId" } as const;
const WRONG = {
  id: "intercoms.idInvalid",
  mac: "intercoms.macInvalid",
  external_id: "intercoms.externalInvalid",
} as const;
/** In bytes, as the core counts: a Cyrillic letter takes two. */
const LONGEST_EXTERNAL_ID = 200;

/** The name a person typed, or null when it is none of that kind. */
export function readName(kind: Kind, typed: string): IntercomName | null {
  if (kind === "id") {
    const id = readId(typed);
    return id === null ? null : { kind, id };
  }
  if (kind === "mac") {
    const mac = readMac(typed);
    return mac === null ? null : { kind, mac };
  }
  const id = typed.trim();
  return id === "" || new TextEncoder().encode(id).length > LONGEST_EXTERNAL_ID || /\p{Cc}/u.test(id)
    ? null
    : { kind, id };
}

/** No documented call lists every intercom, so a name a person knows opens the way to its flats. */
export function AddIntercom({ server, onAdded }: { server: ServerView; onAdded: (id: number) => void }) {
  const { t } = useTexts();
  const add = useWrite(addIntercom);
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>("id");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const by = readName(kind, typed);
    setWrong(by === null);
    if (by === null) return;
    const added = await add.run({ server: server.id, by });
    if (!added.done) return;
    setTyped("");
    setOpen(false);
    onAdded(added.answer.id);
  };
  if (!open) {
    return (
      <div className={styles.add}>
        <Button icon={<Plus aria-hidden="true" />} aria-expanded={false} onClick={() => setOpen(true)}>
          {t("intercoms.addOpen")}
        </Button>
      </div>
    );
  }
  const state = capability(server, "show_intercom");
  const hint =
    kind === "id"
      ? undefined
      : t(
          state === "missing" || state === "forbidden" ? "intercoms.billingMissing" : "intercoms.billingOnly",
        );
  return (
    <form
      className={styles.add}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        setOpen(false);
      }}
      aria-label={t("intercoms.addOpen")}
      noValidate
    >
      <Choice
        label={t("intercoms.addBy")}
        value={kind}
        onChange={(next) => {
          setKind(next);
          setWrong(false);
          add.reset();
        }}
        options={KINDS.map((value) => ({ value, label: t(`intercoms.by.${value}`) }))}
      />
      <TextField
        key={kind}
        label={t(LABELS[kind])}
        inputMode={kind === "id" ? "numeric" : "text"}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
        }}
        hint={
          kind === "external_id"
            ? `${hint} ${t("intercoms.externalHint", { most: LONGEST_EXTERNAL_ID })}`
            : hint
        }
        errors={wrong ? [t(WRONG[kind], { most: LONGEST_EXTERNAL_ID })] : []}
        autoFocus
      />
      {add.error !== null && (
        <ErrorNote error={add.error}>
          <WayOut error={add.error} server={server.id} />
        </ErrorNote>
      )}
      {add.offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
      <div className={styles.addActions}>
        <Button type="submit" look="primary" busy={add.pending}>
          {t("intercoms.add")}
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
