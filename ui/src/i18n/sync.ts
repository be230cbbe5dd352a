import type { MissedList } from "../core/bindings/MissedList";
import type { SyncView } from "../core/bindings/SyncView";
import { isolated } from "../parts/oneLine";
import { errorWords } from "./errorWords";
import { useTexts } from "./texts";
import { useTimeWords } from "./time";

type SyncWords = {
  progress: (sync: SyncView) => string;
  /** A list that could not be read, and why. */
  missed: (list: MissedList) => string;
  /** The first of them and how many more; null where all were read. */
  missedInShort: (sync: SyncView) => string | null;
};

/** What is said of a sync. */
export function useSyncWords(): SyncWords {
  const { t, language } = useTexts();
  const times = useTimeWords();
  const name = ({ list, intercom, shortName, title }: MissedList) => {
    const what = t(`sync.list.${list}`);
    if (intercom === null) return what;
    const place = title ?? t("intercoms.onlyId", { id: intercom });
    return t("sync.listAt", {
      list: what,
      intercom: [shortName, place]
        .filter((part) => part !== null)
        .map(isolated)
        .join(" · "),
    });
  };
  return {
    missed: (list) =>
      `${name(list)}: ${list.error === null ? t("sync.missedPart") : errorWords(t, list.error).title}`,
    missedInShort: ({ missed, missedCount }) => {
      const [first] = missed;
      if (first === undefined) return null;
      const more = missedCount > 1 ? ` ${t("sync.missedMore", { count: missedCount - 1 })}` : "";
      return t("sync.missedFirst", { list: name(first) }) + more;
    },
    progress: ({ state, done, total, perSecond, secondsLeft, failed, missedCount }) => {
      const how = state === "paused" || state === "waiting" ? state : "running";
      // Made only here: nothing is being read most of the time.
      const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
      const rate = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
      // Nothing is known of the flats before the lists are read: none so far is no news.
      const isBeginning = total === null && done === 0;
      const flats =
        total === null
          ? t("sync.soFar", { count: done, done: number.format(done) })
          : t("sync.of", { count: total, done: number.format(done), total: number.format(total) });
      const left = () => {
        if (secondsLeft === null) return null;
        const time =
          secondsLeft < 60 ? t("sync.seconds", { count: secondsLeft }) : times.nearly(secondsLeft * 1000);
        return t("sync.left", { time });
      };
      return [
        isBeginning ? t(`sync.${how}`) : `${t(`sync.${how}`)}: ${flats}`,
        perSecond === null ? null : t("sync.rate", { rate: rate.format(perSecond) }),
        left(),
        missedCount === 0 ? null : t("sync.missedShort", { count: missedCount }),
        failed === 0 ? null : t("sync.failedShort", { count: failed }),
      ]
        .filter((part) => part !== null)
        .join(" · ");
    },
  };
}
