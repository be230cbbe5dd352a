import { useShortcut } from "../../app/shortcuts";
import { listFlats } from "../../core/bindings/commands";
import type { FlatLines } from "../../core/bindings/FlatLines";
import type { LineState } from "../../core/bindings/LineState";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { WINDOW_ROWS } from "../../core/windowRows";
import { useTexts } from "../../i18n/texts";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { Pane, PaneSection } from "../../parts/Pane";
import { ReadProblem } from "../../parts/ReadProblem";
import { OpenByRecord } from "./FlatsNotes";
import { LineRows } from "./LineRow";

type DoorPaneProps = {
  server: ServerView;
  intercom: number;
  intercomTitle: string | null;
  number: string;
  onOpenFlat: (flat: number) => void;
  onClose: () => void;
};

const UNKNOWN: LineState = { state: "unknown", confirmedAt: null };
const ALL_UNKNOWN: FlatLines = { analog: UNKNOWN, smartphone: UNKNOWN, landline: UNKNOWN };

/** A flat of which only the door number is known: its lines can be switched by that number, nothing else. */
export function DoorPane({ server, intercom, intercomTitle, number, onOpenFlat, onClose }: DoorPaneProps) {
  const { t } = useTexts();
  const read = useRead(listFlats, {
    server: server.id,
    intercom,
    filter: number,
    ...{ sort: "number" as const, descending: false, offset: 0, limit: WINDOW_ROWS },
  });
  const row = read.data?.rows.find((each) => each.number === number);
  const can = abilities(server);
  useShortcut("escape", t("keys.closePane"), onClose);
  return (
    <Pane
      title={t("flats.flat", { number: isolated(number) })}
      place={isolated(intercomTitle ?? t("intercoms.onlyId", { id: intercom }))}
      onClose={onClose}
    >
      {read.error !== null && (
        <ReadProblem error={read.error} server={server} onRetry={() => void read.refetch()} />
      )}
      <PaneSection title={t("lines.title")}>
        <LineRows
          server={server.id}
          intercom={intercom}
          place={intercomTitle}
          flat={{ id: null, number }}
          lines={row?.lines ?? ALL_UNKNOWN}
          enabled={can.lines}
        />
        {can.lines && row === undefined && <Note>{t("lines.unknownUntilAnswer")}</Note>}
        {!can.lines && <NeedsAccount server={server} account="admin" why={t("lines.needsBilling")} />}
      </PaneSection>
      {server.admin === null ? (
        <NeedsAccount server={server} account="admin" why={t("flats.byDoor")} />
      ) : (
        <>
          <Note>{t("flats.byDoorWithAdmin")}</Note>
          <OpenByRecord onOpenFlat={onOpenFlat} />
        </>
      )}
    </Pane>
  );
}
