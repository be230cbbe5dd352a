import type { Ref } from "react";
import { useTexts } from "../i18n/texts";
import { zoneName } from "../i18n/zone";
import { SelectField } from "./Field";

const WHOLE_HOURS = Array.from({ length: 27 }, (_, hour) => (hour - 12) * 60);
/** Zones in use that are no whole hours, in minutes east of UTC. */
const OTHERS = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];

type ZoneFieldProps = { value: number; onChange: (minutes: number) => void; ref?: Ref<HTMLSelectElement> };

/** The zone a server means by a date without one. */
export function ZoneField({ value, onChange, ref }: ZoneFieldProps) {
  const { t } = useTexts();
  const zones = [...new Set([...WHOLE_HOURS, ...OTHERS, value])].sort((a, b) => a - b);
  return (
    <SelectField
      ref={ref ?? null}
      label={t("settings.zone")}
      hint={t("settings.zoneHint")}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {zones.map((minutes) => (
        <option key={minutes} value={minutes}>
          {zoneName(minutes)}
        </option>
      ))}
    </SelectField>
  );
}
