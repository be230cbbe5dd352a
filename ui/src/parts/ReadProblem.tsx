import type { CommandError } from "../core/bindings/CommandError";
import type { ServerView } from "../core/bindings/ServerView";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";
import { hasWayOut, WayOut } from "./WayOut";

type ReadProblemProps = {
  error: CommandError;
  server: ServerView;
  /** What was last seen is there to look at. */
  remembered?: boolean;
  onRetry: () => void;
};

/** An answer that did not come, with the step that leads out of it. */
export function ReadProblem({ error, server, remembered = false, onRetry }: ReadProblemProps) {
  const { t } = useTexts();
  if (remembered && isToldOnTop(server, error)) return null;
  return (
    <ErrorNote error={error}>
      <WayOut error={error} server={server.id} />
      {!hasWayOut(error) && <Button onClick={onRetry}>{t("common.tryAgain")}</Button>}
    </ErrorNote>
  );
}

/** The banner on top tells it once for everything on the screen, and Gatehouse looks for the server by itself. */
export function isToldOnTop(server: ServerView, error: CommandError): boolean {
  return server.lostAt !== null && error.code === "never_reached";
}
