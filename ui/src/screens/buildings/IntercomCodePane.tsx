import { useShortcut } from "../../app/shortcuts";
import type { ServerView } from "../../core/bindings/ServerView";
import { useTexts } from "../../i18n/texts";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { Pane } from "../../parts/Pane";
import { IssueForm } from "../issue/IssueForm";

type IntercomCodePaneProps = {
  server: ServerView;
  intercom: number;
  title: string | null;
  onClose: () => void;
};

/** A code by intercom: the server files it under the client account's own flat there. */
export function IntercomCodePane({ server, intercom, title, onClose }: IntercomCodePaneProps) {
  const { t } = useTexts();
  useShortcut("escape", t("keys.closePane"), onClose);
  return (
    <Pane
      title={t("intercoms.code")}
      place={isolated(title ?? t("intercoms.onlyId", { id: intercom }))}
      onClose={onClose}
    >
      <Note>{t("intercoms.codeWhose")}</Note>
      <IssueForm
        target={{ server: server.id, intercom, flat: null }}
        draft={`intercom ${server.id} ${intercom}`}
        focusTitle
      />
    </Pane>
  );
}
