import { useNow } from "../core/now";
import { useTexts } from "../i18n/texts";
import { instant, useTimeWords } from "../i18n/time";
import { Note } from "./Note";
import { Tag } from "./Tag";

function useSince(at: string): string {
  const now = useNow();
  return useTimeWords().when(instant(at) ?? now, now);
}

/** The server has a record no longer: said quietly beside what was found. */
export function GoneSince({ at }: { at: string }) {
  const { t } = useTexts();
  return <Tag>{t("sync.goneSince", { when: useSince(at) })}</Tag>;
}

/** The same over a record that is open. */
export function GoneNote({ at }: { at: string }) {
  const { t } = useTexts();
  return <Note tone="warn">{t("sync.gone", { when: useSince(at) })}</Note>;
}
