import { useNow } from "../core/now";
import { instant, useTimeWords } from "../i18n/time";

/** How long ago, ticking; the exact time once it is pointed at: a list has many, and writing one takes long. */
export function RelativeTime({ at, className }: { at: string | null; className?: string | undefined }) {
  const now = useNow();
  const words = useTimeWords();
  const moment = instant(at);
  if (moment === null) return <>—</>;
  return (
    <time
      className={className}
      dateTime={at ?? undefined}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = words.when(moment, now);
      }}
    >
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
