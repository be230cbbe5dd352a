import { useTranslation } from "react-i18next";
import { setZone } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { zoneName } from "../../i18n/zone";
import { ErrorNote } from "../../parts/ErrorNote";

const WHOLE_HOURS = Array.from({ length: 27 }, (_, hour) => (hour - 12) * 60);
/** Zones in use that are no whole hours, in minutes east of UTC. */
const OTHERS = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];

/** What a date without a zone means on this server. */
export function ZoneField({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  const save = useWrite(setZone);
  const zones = [...new Set([...WHOLE_HOURS, ...OTHERS, server.zoneMinutes])].sort((a, b) => a - b);
  return (
    <>
      <select
        aria-label={t("settings.zone")}
        title={t("settings.zoneHint")}
        value={server.zoneMinutes}
        onChange={(event) => void save.run({ server: server.id, minutes: Number(event.target.value) })}
      >
        {zones.map((minutes) => (
          <option key={minutes} value={minutes}>
            {zoneName(minutes)}
          </option>
        ))}
      </select>
      {save.error !== null && <ErrorNote error={save.error} />}
    </>
  );
}
