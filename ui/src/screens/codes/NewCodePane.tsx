import { useEffect, useRef, useState } from "react";
import { useShortcut } from "../../app/shortcuts";
import { listIntercoms, loadIntercoms } from "../../core/bindings/commands";
import type { FlatName } from "../../core/bindings/FlatName";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useKnown } from "../../core/useKnown";
import { useTexts } from "../../i18n/texts";
import { Choice } from "../../parts/Choice";
import { SelectField } from "../../parts/Field";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { Pane } from "../../parts/Pane";
import { ReadProblem } from "../../parts/ReadProblem";
import { windowState } from "../../parts/windowState";
import { useLastPlace } from "../buildings/lastPlace";
import { IssueForm } from "../issue/IssueForm";
import { FlatField } from "./FlatField";

/** For whom the code is to be, kept while the person looks at something else. */
type Kept = { picked: number | null; whose: "flat" | "own"; typed: string };
const useKept = windowState<Record<string, Kept>>({});

/** A code from the list of codes: first whose, then the same form as everywhere. */
export function NewCodePane({ server, onClose }: { server: ServerView; onClose: () => void }) {
  const { t } = useTexts();
  const can = abilities(server);
  const { load: list, data: known } = useKnown(loadIntercoms, listIntercoms, { server: server.id });
  const [kept, keep] = useKept();
  const { picked, whose, typed } = kept[server.id] ?? {
    picked: null,
    whose: can.codeForFlat ? "flat" : "own",
    typed: "",
  };
  const change = (more: Partial<Kept>) =>
    keep((before) => ({ ...before, [server.id]: { picked, whose, typed, ...more } }));
  // Once a code was asked for, the next one starts without the last visitor's flat.
  const sent = useRef(false);
  useEffect(
    () => () => {
      if (sent.current) keep(() => ({}));
    },
    [keep],
  );
  const onSent = () => {
    sent.current = true;
  };
  const [flat, setFlat] = useState<FlatName | null>(null);
  const [whole, setWhole] = useState(false);
  const draft = `new ${server.id}`;
  const intercoms = known?.intercoms ?? [];
  // The door that is offered first stays the one: a list that is read meanwhile must not change it under the person's hands.
  const offered = useRef<number | null>(null);
  const isThere = (intercom: number | null | undefined) => intercoms.some(({ id }) => id === intercom);
  const last = useLastPlace(server.id).place.intercom;
  if (!isThere(offered.current)) offered.current = (isThere(last) ? last : known?.first) ?? null;
  const intercom = picked ?? offered.current;
  useShortcut("escape", t("keys.closePane"), onClose);

  return (
    <Pane title={t("codes.new")} onClose={onClose}>
      {list.error !== null && (
        <ReadProblem
          error={list.error}
          server={server}
          remembered={intercoms.length > 0}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data !== undefined && intercom === null && <Note>{t("intercoms.empty")}</Note>}
      {intercom !== null && (
        <SelectField
          label={t("codes.intercom")}
          value={intercom}
          onChange={(event) => {
            change({ picked: Number(event.target.value) });
            setFlat(null);
          }}
        >
          {intercoms.map((row) => (
            <option key={row.id} value={row.id}>
              {isolated(row.title ?? t("intercoms.onlyId", { id: row.id }))}
            </option>
          ))}
        </SelectField>
      )}
      {can.codeForFlat && can.codeForIntercom && (
        <Choice
          label={t("codes.whose")}
          value={whose}
          onChange={(next) => change({ whose: next })}
          options={[
            { value: "flat", label: t("codes.whoseFlat") },
            { value: "own", label: t("codes.whoseOwn") },
          ]}
        />
      )}
      {!can.codeForFlat && <NeedsAccount server={server} account="admin" why={t("issue.needsAdmin")} />}
      {!can.codeForFlat && !can.codeForIntercom && (
        <NeedsAccount server={server} account="client" why={t("issue.needsClient")} />
      )}
      {intercom !== null && whose === "own" && can.codeForIntercom && (
        <>
          <Note>{t("intercoms.codeWhose")}</Note>
          <IssueForm
            key={intercom}
            target={{ server: server.id, intercom, flat: null }}
            draft={draft}
            onSent={onSent}
          />
        </>
      )}
      {intercom !== null && whose === "flat" && can.codeForFlat && (
        <>
          <FlatField
            key={`flat ${intercom}`}
            server={server}
            intercom={intercom}
            typed={typed}
            onType={(next) => change({ typed: next })}
            onChoose={setFlat}
            onWhole={setWhole}
          />
          {flat === null ? (
            <Note>{t("codes.chooseFlat")}</Note>
          ) : (
            <IssueForm
              key={`code ${intercom} ${flat.id}`}
              target={{ server: server.id, intercom, flat }}
              draft={draft}
              focusTitle={whole}
              onSent={onSent}
            />
          )}
        </>
      )}
    </Pane>
  );
}
