import type { UseQueryResult } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../../core/bindings/CommandError";
import type { FlatsLoaded } from "../../core/bindings/FlatsLoaded";
import type { ServerView } from "../../core/bindings/ServerView";
import { readId } from "../../core/readId";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import styles from "./BuildingsScreen.module.css";

type FlatsNotesProps = {
  server: ServerView;
  intercom: number;
  load: UseQueryResult<FlatsLoaded, CommandError>;
  onOpenFlat: (flat: number) => void;
};

/** What there is to know about the list of flats, and the way in where there is no list. */
export function FlatsNotes({ server, load, onOpenFlat }: FlatsNotesProps) {
  const { t } = useTranslation();
  const listing = load.data?.listing;
  const problems = load.data?.problems ?? [];
  if (load.error === null && listing === "complete" && problems.length === 0) return null;
  return (
    <div className={styles.notes}>
      {load.error !== null && (
        <ReadProblem error={load.error} server={server} onRetry={() => void load.refetch()} />
      )}
      <RecordProblems problems={problems} />
      {listing === "no_account" && (
        <NeedsAccount server={server} account="admin" why={t("flats.noAccount")} />
      )}
      {listing === "not_offered" && (
        <>
          <Note title={t("flats.notOfferedTitle")}>{t("flats.notOffered")}</Note>
          <OpenFlat onOpenFlat={onOpenFlat} />
        </>
      )}
    </div>
  );
}

function OpenFlat({ onOpenFlat }: { onOpenFlat: (flat: number) => void }) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const id = readId(String(new FormData(event.currentTarget).get("id")));
    setWrong(id === null);
    if (id !== null) onOpenFlat(id);
  };
  return (
    <form className={styles.byId} onSubmit={submit} aria-label={t("flats.open")} noValidate>
      <TextField
        label={t("flats.recordId")}
        name="id"
        inputMode="numeric"
        errors={wrong ? [t("errors.id_invalid.title")] : []}
      />
      <Button type="submit">{t("flats.open")}</Button>
    </form>
  );
}
