import { useNavigate } from "@tanstack/react-router";
import { listSyncs } from "../../core/bindings/commands";
import type { SearchResults } from "../../core/bindings/SearchResults";
import type { SyncView } from "../../core/bindings/SyncView";
import { useRead } from "../../core/useRead";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { oneLine } from "../../parts/oneLine";
import { AskServer } from "./AskServer";
import styles from "./Search.module.css";

/** So many that they may be a key's, in a notation that is not read. */
const DIGITS = /(?:\d\S*?){4}/u;

/** Everything a server has was read, and nothing of it is being read anew. */
const isRead = ({ state, completedAt, failed, missedCount }: SyncView) =>
  state === "idle" && completedAt !== null && failed === 0 && missedCount === 0;

/** Nothing was found: said at once, with what can be done about it. */
export function Nothing({
  typed,
  results,
  onLeave,
}: {
  typed: string;
  results: SearchResults | null;
  onLeave: () => void;
}) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const { data: syncs } = useRead(listSyncs, null);
  const isAllRead = syncs?.servers.every(isRead) === true;
  return (
    <div className={styles.nothing}>
      <div role="status">
        <p className={styles.nothingTitle}>{t("search.nothing", { text: oneLine(typed) })}</p>
        {results?.lookedThrough != null && <p>{t("search.looked", { count: results.lookedThrough })}</p>}
        {!isAllRead && <p>{t("search.nothingSeen")}</p>}
        {(results?.isKey === true || DIGITS.test(typed)) && <p>{t("search.nothingKey")}</p>}
      </div>
      <AskServer key={typed} isKey={results?.isKey === true} />
      <Button
        onClick={() => {
          onLeave();
          void navigate({ to: "/buildings" });
        }}
      >
        {t("search.toBuildings")}
      </Button>
    </div>
  );
}
