import { removeServer } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { ConfirmedWrite } from "../../parts/ConfirmedWrite";

/** Removing forgets the server and its sign-ins here; on the server itself nothing changes. */
export function RemoveServer({ server, onRemoved }: { server: ServerView; onRemoved: () => void }) {
  const { t } = useTexts();
  return (
    <ConfirmedWrite
      server={server.id}
      look="danger"
      open={t("settings.remove")}
      title={t("settings.removeTitle", { server: server.name })}
      text={t("settings.removeText")}
      confirm={t("settings.removeConfirm")}
      write={useWrite(removeServer)}
      request={{ server: server.id }}
      onDone={onRemoved}
    />
  );
}
