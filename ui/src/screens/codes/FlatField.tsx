import { useEffect } from "react";
import { listFlats, loadFlat, loadFlats } from "../../core/bindings/commands";
import type { FlatName } from "../../core/bindings/FlatName";
import type { ServerView } from "../../core/bindings/ServerView";
import { readId } from "../../core/readId";
import { useRead } from "../../core/useRead";
import { WINDOW_ROWS } from "../../core/windowRows";
import { useTexts } from "../../i18n/texts";
import { TextField } from "../../parts/Field";
import { ReadProblem } from "../../parts/ReadProblem";

type FlatFieldProps = {
  server: ServerView;
  intercom: number;
  typed: string;
  onType: (typed: string) => void;
  onChoose: (flat: FlatName | null) => void;
  /** Enter was pressed: the number is whole, and the person goes on. False again while it is typed. */
  onWhole: (whole: boolean) => void;
};

/** A flat by its door number; by record id where the server does not list flats. */
export function FlatField({ server, intercom, typed, onType, onChoose, onWhole }: FlatFieldProps) {
  const { t } = useTexts();
  const sought = typed.trim();
  const load = useRead(loadFlats, { server: server.id, intercom });
  const listing = load.data?.listing;
  const record = readId(sought);
  const found = useRead(
    listFlats,
    {
      server: server.id,
      intercom,
      filter: sought,
      sort: "number",
      descending: false,
      offset: 0,
      limit: WINDOW_ROWS,
    },
    { after: load.dataUpdatedAt, keepPrevious: true },
  );
  const isRemembered = (found.data?.loaded ?? 0) > 0;
  // Only the numbers are known of a range, and a code for a flat needs its record. As long as the server does not say that it
  // lists none, a number is one on a door: it must never be taken for a record.
  const listed = listing === undefined || listing === "complete" || listing === "partial";
  const byRecord = useRead(
    loadFlat,
    { server: server.id, intercom, flat: record ?? 0 },
    { enabled: !listed && record !== null },
  );
  const flat = listed ? found.data?.rows.find((row) => row.number === sought) : byRecord.data;
  const id = sought === "" ? undefined : flat?.id;
  const number = flat?.number;

  useEffect(() => {
    onChoose(id == null || number === undefined ? null : { id, number });
  }, [id, number, onChoose]);

  const isAnswer = found.isSuccess && !found.isPlaceholderData;
  const isKnown = load.isSuccess || (load.isError && isRemembered);
  const missing = listed && isKnown && sought !== "" && isAnswer && flat === undefined;
  const error = load.error ?? (listed ? found.error : byRecord.error);
  return (
    <>
      <TextField
        label={listed ? t("codes.flatNumber") : t("flats.recordId")}
        inputMode="numeric"
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          onWhole(false);
        }}
        onKeyDown={(event) => event.key === "Enter" && onWhole(true)}
        // What was typed an hour ago is still there, and the next number replaces it.
        onFocus={(event) => event.currentTarget.select()}
        errors={missing ? [t("codes.noFlat", { number: sought })] : []}
        autoFocus
      />
      {error !== null && (
        <ReadProblem
          error={error}
          server={server}
          remembered={isRemembered}
          onRetry={() => void (load.error !== null ? load : byRecord).refetch()}
        />
      )}
    </>
  );
}
