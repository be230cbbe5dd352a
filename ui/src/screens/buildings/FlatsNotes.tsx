import type { UseQueryResult } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CommandError } from "../../core/bindings/CommandError";
import type { FlatsLoaded } from "../../core/bindings/FlatsLoaded";
import type { ServerView } from "../../core/bindings/ServerView";
import { readId } from "../../core/readId";
import { abilities } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { Notes } from "../../parts/Notes";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import styles from "./BuildingsScreen.module.css";
import { capability } from "./capability";

type FlatsNotesProps = {
  server: ServerView;
  load: UseQueryResult<FlatsLoaded, CommandError>;
  /** Flats that were last seen are listed below. */
  remembered: boolean;
  onOpenFlat: (flat: number) => void;
  onOpenDoor: (number: string) => void;
};

/** What there is to know about the list of flats, and the way in where there is no list. */
export function FlatsNotes({ server, load, remembered, onOpenFlat, onOpenDoor }: FlatsNotesProps) {
  const { t } = useTexts();
  const listing = load.data?.listing;
  const problems = load.data?.problems ?? [];
  const hasRows = listing === "complete" || listing === "partial" || listing === "range";
  const canSwitch = abilities(server).lines;
  const noCall = capability(server, "switch_lines") === "missing";
  if (load.error === null && listing === "complete" && problems.length === 0 && canSwitch && !noCall)
    return null;
  return (
    <Notes alone={!hasRows}>
      {load.error !== null && (
        <ReadProblem
          error={load.error}
          server={server}
          remembered={remembered || hasRows}
          onRetry={() => void load.refetch()}
        />
      )}
      <RecordProblems problems={problems} />
      {listing === "partial" && (
        <Note tone="warn" title={t("flats.partialTitle")}>
          {t("flats.partial")}
        </Note>
      )}
      {listing === "no_account" && (
        <NeedsAccount server={server} account="admin" why={t("flats.noAccount")} />
      )}
      {listing === "not_offered" && (
        <>
          <Note title={t("flats.notOfferedTitle")}>{t("flats.notOffered")}</Note>
          <OpenByRecord onOpenFlat={onOpenFlat} />
        </>
      )}
      {(listing === "not_offered" || listing === "no_account") && canSwitch && !noCall && (
        <OpenByDoor onOpenDoor={onOpenDoor} />
      )}
      {listing === "range" && <RangeNote server={server} onOpenFlat={onOpenFlat} />}
      {hasRows && !canSwitch && (
        <NeedsAccount server={server} account="admin" why={t("lines.needsBilling")} />
      )}
      {hasRows && canSwitch && noCall && <Note>{t("lines.notOffered")}</Note>}
    </Notes>
  );
}

function RangeNote({ server, onOpenFlat }: { server: ServerView; onOpenFlat: (flat: number) => void }) {
  const { t } = useTexts();
  if (server.admin === null) {
    return (
      <>
        <Note title={t("flats.rangeTitle")}>{t("flats.range")}</Note>
        <NeedsAccount server={server} account="admin" why={t("flats.noAccount")} />
      </>
    );
  }
  return (
    <>
      <Note title={t("flats.rangeTitle")}>{t("flats.rangeWithAdmin")}</Note>
      <OpenByRecord onOpenFlat={onOpenFlat} />
    </>
  );
}

/** The way to one flat where none are listed. */
export function OpenByRecord({ onOpenFlat }: { onOpenFlat: (flat: number) => void }) {
  const { t } = useTexts();
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
        errors={wrong ? [t("intercoms.idInvalid")] : []}
      />
      <Button type="submit">{t("flats.open")}</Button>
    </form>
  );
}

const LONGEST_NUMBER = 64;

/** Billing switches lines by the number on the door: no list is needed for that. */
function OpenByDoor({ onOpenDoor }: { onOpenDoor: (number: string) => void }) {
  const { t } = useTexts();
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = String(new FormData(event.currentTarget).get("number")).trim();
    const isNumber = number !== "" && number.length <= LONGEST_NUMBER && !/\p{Cc}/u.test(number);
    setWrong(!isNumber);
    if (isNumber) onOpenDoor(number);
  };
  return (
    <form className={styles.byId} onSubmit={submit} aria-label={t("flats.openDoor")} noValidate>
      <TextField
        label={t("flats.doorNumber")}
        name="number"
        hint={t("flats.openDoorHint")}
        errors={wrong ? [t("flats.doorInvalid")] : []}
      />
      <Button type="submit">{t("flats.openDoor")}</Button>
    </form>
  );
}
