import { useTranslation } from "react-i18next";
import type { SyncView } from "../core/bindings/SyncView";
import { useTimeWords } from "./time";

/** What is said of a sync. */
export function useSyncWords(): { progress: (sync: SyncView) => string } {
  const { t, i18n } = useTranslation();
  const times = useTimeWords();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const rate = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 });
  return {
    progress: ({ state, done, total, perSecond, secondsLeft, failed }) => {
      const how = state === "paused" || state === "waiting" ? state : "running";
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
        t(`sync.${how}`, { flats }),
        perSecond === null ? null : t("sync.rate", { rate: rate.format(perSecond) }),
        left(),
        failed === 0 ? null : t("sync.failedShort", { count: failed }),
      ]
        .filter((part) => part !== null)
        .join(" · ");
    },
  };
}
