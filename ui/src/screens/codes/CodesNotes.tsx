import type { UseQueryResult } from "@tanstack/react-query";
import type { CodesLoaded } from "../../core/bindings/CodesLoaded";
import type { CommandError } from "../../core/bindings/CommandError";
import { listCodes } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useRead } from "../../core/useRead";
import { useTexts } from "../../i18n/texts";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { Notes } from "../../parts/Notes";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";

type CodesNotesProps = { server: ServerView; load: UseQueryResult<CodesLoaded, CommandError> };

/** What there is to know about the list of codes before anybody takes it for the whole. */
export function CodesNotes({ server, load }: CodesNotesProps) {
  const { t } = useTexts();
  const { listing, adminListing } = load.data ?? {};
  const all = { server: server.id, filter: "all", search: "", offset: 0, limit: 1 } as const;
  const known = useRead(listCodes, all, { enabled: load.error !== null });
  const partial = [
    ...(listing === "partial" ? [t("codes.partialClient")] : []),
    ...(adminListing === "partial" ? [t("codes.partialAdmin")] : []),
  ];
  return (
    <Notes>
      {load.error !== null && !known.isPending && (
        <ReadProblem
          error={load.error}
          server={server}
          remembered={known.data !== undefined && (known.data.listedAt !== null || known.data.counts.all > 0)}
          onRetry={() => void load.refetch()}
        />
      )}
      {listing === "no_account" && (
        <NeedsAccount server={server} account="client" why={t("codes.noAccount")} />
      )}
      {listing === "not_offered" && <Note>{t("codes.notListed")}</Note>}
      {partial.length > 0 && (
        <Note tone="warn" title={t("codes.partialTitle")}>
          {partial.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
      <RecordProblems problems={load.data?.problems ?? []} />
    </Notes>
  );
}
