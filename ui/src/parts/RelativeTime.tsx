import { useIsPainted } from "../core/firstPaint";
import { useNow } from "../core/now";
import { instant, useTimeWords } from "../i18n/time";

/** How long ago, ticking; the exact time on hover, which nobody does before there is anything to be seen. */
export function RelativeTime({ at }: { at: string | null }) {
  const now = useNow();
  const words = useTimeWords();
  const isPainted = useIsPainted();
  const moment = instant(at);
  if (moment === null) return <>—</>;
  return (
    <time dateTime={at ?? undefined} title={isPainted ? words.when(moment, now) : undefined}>
      {words.ago(moment, now)}
    </time>
  );
}

/** A moment beside today: "16:40 today". */
export function Moment({ at }: { at: string | null }) {
  const now = useNow();
  const words = useTimeWords();
  const moment = instant(at);
  if (moment === null) return <>—</>;
  return <time dateTime={at ?? undefined}>{words.when(moment, now)}</time>;
}
