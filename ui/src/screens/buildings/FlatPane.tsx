import { KeyRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useShortcut } from "../../app/shortcuts";
import { getFlat, loadFlat } from "../../core/bindings/commands";
import type { FlatDetail } from "../../core/bindings/FlatDetail";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useKnown } from "../../core/useKnown";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Confirmed } from "../../parts/Confirmed";
import { GoneNote } from "../../parts/Gone";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { Pane, PaneSection } from "../../parts/Pane";
import { ReadProblem } from "../../parts/ReadProblem";
import { RecordProblems } from "../../parts/RecordProblems";
import { Skeleton } from "../../parts/Skeleton";
import { useDrafts } from "../issue/drafts";
import { IssueForm } from "../issue/IssueForm";
import { useHadRun } from "../issue/issueRuns";
import { useFoundFor } from "../search/found";
import { capability } from "./capability";
import { Keys, Residents } from "./FlatPeople";
import { LineRows } from "./LineRow";

type FlatPaneProps = {
  server: ServerView;
  intercom: number;
  intercomTitle: string | null;
  flat: number;
  /** The person came for the flat by typing its number, or by searching (when): its first action gets the focus. */
  focusAction: boolean | number;
  /** The flat was read, at this time in milliseconds. */
  onRead: (at: number) => void;
  onClose: () => void;
};

export function FlatPane({
  server,
  intercom,
  intercomTitle,
  flat,
  focusAction,
  onRead,
  onClose,
}: FlatPaneProps) {
  const { t } = useTexts();
  const { load: read, data } = useKnown(loadFlat, getFlat, { server: server.id, intercom, flat });
  const place = isolated(intercomTitle ?? t("intercoms.onlyId", { id: intercom }));
  const detail = data ?? undefined;
  useShortcut("escape", t("keys.closePane"), onClose);
  useEffect(() => onRead(read.dataUpdatedAt), [onRead, read.dataUpdatedAt]);

  return (
    <Pane
      title={detail === undefined ? t("flats.loading") : t("flats.flat", { number: isolated(detail.number) })}
      place={place}
      {...(detail === undefined ? {} : { under: <Confirmed at={detail.confirmedAt} /> })}
      onClose={onClose}
    >
      {read.error !== null && (
        <ReadProblem
          error={read.error}
          server={server}
          remembered={detail !== undefined}
          onRetry={() => void read.refetch()}
        />
      )}
      {read.isPending && detail === undefined && <Skeleton rows={8} />}
      {detail !== undefined && (
        <FlatFacts
          server={server}
          intercom={intercom}
          detail={detail}
          problems={read.data?.problems ?? []}
          wasRead={read.data !== undefined}
          place={intercomTitle}
          focusAction={focusAction}
        />
      )}
    </Pane>
  );
}

type FlatFactsProps = {
  server: ServerView;
  intercom: number;
  place: string | null;
  detail: FlatDetail;
  problems: FlatDetail["problems"];
  /** The server has answered for this flat since the pane was opened. */
  wasRead: boolean;
  focusAction: boolean | number;
};

function FlatFacts({ server, intercom, place, detail, problems, wasRead, focusAction }: FlatFactsProps) {
  const { t } = useTexts();
  const can = abilities(server);
  const noCall = capability(server, "switch_lines") === "missing";
  const flat = { id: detail.id, number: detail.number };
  return (
    <>
      {detail.goneAt !== null && <GoneNote at={detail.goneAt} />}
      <RecordProblems problems={problems} />
      {can.codeForFlat ? (
        <IssueForFlat server={server.id} intercom={intercom} flat={flat} focusAction={focusAction} />
      ) : (
        <NeedsAccount server={server} account="admin" why={t("issue.needsAdmin")} />
      )}
      <PaneSection title={t("lines.title")}>
        <LineRows
          server={server.id}
          intercom={intercom}
          place={place}
          flat={flat}
          lines={detail.lines}
          enabled={can.lines && !noCall}
        />
        {!can.lines && <NeedsAccount server={server} account="admin" why={t("lines.needsBilling")} />}
        {can.lines && noCall && <Note>{t("lines.notOffered")}</Note>}
      </PaneSection>
      <Residents residents={detail.residents} at={detail.residentsAt} wasRead={wasRead} />
      <Keys keys={detail.keys} at={detail.keysAt} wasRead={wasRead} />
    </>
  );
}

function IssueForFlat({
  server,
  intercom,
  flat,
  focusAction,
}: {
  server: string;
  intercom: number;
  flat: { id: number; number: string };
  focusAction: boolean | number;
}) {
  const { t } = useTexts();
  const draft = `flat ${server} ${intercom} ${flat.id}`;
  const hasDraft = useDrafts().has(draft);
  const hadRun = useHadRun({ server, intercom, flat });
  const asked = useFoundFor("issue");
  const forLines = useFoundFor("lines");
  const [open, setOpen] = useState(hadRun || asked !== undefined);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusAction !== false && forLines === undefined) button.current?.focus();
  }, [focusAction, forLines]);
  useEffect(() => {
    if (asked !== undefined) setOpen(true);
  }, [asked]);
  useShortcut("i", t("keys.issue"), () => setOpen(true), !open);
  if (!open) {
    return (
      <div>
        <Button
          ref={button}
          look="primary"
          keyHint="i"
          icon={<KeyRound aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {t(hasDraft ? "issue.openDraft" : "issue.open")}
        </Button>
      </div>
    );
  }
  return (
    <PaneSection title={t("issue.section")}>
      {/* Asked for again from the search, it takes the focus again. */}
      <IssueForm key={asked} target={{ server, intercom, flat }} draft={draft} focusTitle />
    </PaneSection>
  );
}
