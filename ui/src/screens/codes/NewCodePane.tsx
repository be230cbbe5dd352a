import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/shortcuts";
import { listIntercoms } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useRead } from "../../core/useRead";
import { Choice } from "../../parts/Choice";
import { SelectField } from "../../parts/Field";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { Pane } from "../../parts/Pane";
import { ReadProblem } from "../../parts/ReadProblem";
import { IssueForm } from "../issue/IssueForm";
import { type ChosenFlat, FlatField } from "./FlatField";

/** A code from the list of codes: first whose, then the same form as everywhere. */
export function NewCodePane({ server, onClose }: { server: ServerView; onClose: () => void }) {
  const { t } = useTranslation();
  const can = abilities(server);
  const list = useRead(listIntercoms, { server: server.id });
  const [picked, setPicked] = useState<number | null>(null);
  const [whose, setWhose] = useState<"flat" | "own">(can.codeForFlat ? "flat" : "own");
  const [flat, setFlat] = useState<ChosenFlat | null>(null);
  const [whole, setWhole] = useState(false);
  const draft = `new ${server.id}`;
  const intercoms = list.data?.intercoms ?? [];
  const intercom = picked ?? intercoms[0]?.id ?? null;
  useShortcut("escape", t("keys.closePane"), onClose);

  return (
    <Pane title={t("codes.new")} onClose={onClose}>
      {list.error !== null && (
        <ReadProblem error={list.error} server={server} onRetry={() => void list.refetch()} />
      )}
      {list.data !== undefined && intercom === null && <Note>{t("intercoms.empty")}</Note>}
      {intercom !== null && (
        <SelectField
          label={t("codes.intercom")}
          value={intercom}
          onChange={(event) => {
            setPicked(Number(event.target.value));
            setFlat(null);
          }}
        >
          {intercoms.map((row) => (
            <option key={row.id} value={row.id}>
              {row.title ?? t("intercoms.onlyId", { id: row.id })}
            </option>
          ))}
        </SelectField>
      )}
      {can.codeForFlat && can.codeForIntercom && (
        <Choice
          label={t("codes.whose")}
          value={whose}
          onChange={setWhose}
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
          <IssueForm key={intercom} target={{ server: server.id, intercom, flat: null }} draft={draft} />
        </>
      )}
      {intercom !== null && whose === "flat" && can.codeForFlat && (
        <>
          <FlatField
            key={`flat ${intercom}`}
            server={server}
            intercom={intercom}
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
            />
          )}
        </>
      )}
    </Pane>
  );
}
