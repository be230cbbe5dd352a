import { useTranslation } from "react-i18next";
import type { CommandError } from "../core/bindings/CommandError";
import type { ServerView } from "../core/bindings/ServerView";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";
import { hasWayOut, WayOut } from "./WayOut";

type ReadProblemProps = { error: CommandError; server: ServerView; onRetry: () => void };

/** An answer that did not come, with the step that leads out of it. */
export function ReadProblem({ error, server, onRetry }: ReadProblemProps) {
  const { t } = useTranslation();
  return (
    <ErrorNote error={error}>
      <WayOut error={error} server={server.id} />
      {!hasWayOut(error) && <Button onClick={onRetry}>{t("common.tryAgain")}</Button>}
    </ErrorNote>
  );
}
