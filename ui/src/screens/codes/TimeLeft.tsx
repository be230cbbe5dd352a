import type { CodeRow } from "../../core/bindings/CodeRow";
import { useNow } from "../../core/now";
import { useTexts } from "../../i18n/texts";
import { instant, useTimeWords } from "../../i18n/time";
import { Tag } from "../../parts/Tag";

/** Milliseconds before the end from which a code is about to end. */
const SOON = 15 * 60_000;

/** What is left of a code, ticking. The core says which state it is in; the clock only fills in the minutes. */
export function TimeLeft({ row }: { row: Pick<CodeRow, "state" | "until"> }) {
  const { t } = useTexts();
  const now = useNow();
  const words = useTimeWords();
  const end = instant(row.until);
  if (row.state === "asked") return <Tag tone="warn">{t("codes.state.asked")}</Tag>;
  if (row.state === "unresolved") return <Tag tone="bad">{t("codes.state.unresolved")}</Tag>;
  if (row.state === "ended" || (end !== null && end <= now)) return <Tag>{t("codes.state.ended")}</Tag>;
  // A core that knows more states than this window: nothing is called live that is not.
  if (row.state !== "live") return <Tag>{t("codes.state.other")}</Tag>;
  if (end === null) return <Tag>{t("codes.state.noEnd")}</Tag>;
  return <Tag tone={end - now <= SOON ? "warn" : "live"}>{words.span(end - now)}</Tag>;
}
