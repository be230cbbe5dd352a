import { Minus, Plus } from "lucide-react";
import { useZoom, ZOOM_LEAST, ZOOM_MOST } from "../../app/zoom";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import styles from "./SettingsScreen.module.css";

export function ZoomChoice() {
  const { t } = useTexts();
  const zoom = useZoom();
  return (
    <fieldset className={styles.labelled}>
      <legend className={styles.legend}>{t("settings.zoom")}</legend>
      <div className={styles.zoom}>
        <Button
          icon={<Minus aria-hidden="true" />}
          aria-label={t("keys.zoomOut")}
          title={t("keys.zoomOut")}
          disabled={zoom.at <= ZOOM_LEAST}
          onClick={zoom.smaller}
        />
        <output className={styles.zoomAt}>{t("settings.percent", { percent: zoom.at })}</output>
        <Button
          icon={<Plus aria-hidden="true" />}
          aria-label={t("keys.zoomIn")}
          title={t("keys.zoomIn")}
          disabled={zoom.at >= ZOOM_MOST}
          onClick={zoom.larger}
        />
        <Button
          aria-label={`${t("settings.percent", { percent: 100 })}: ${t("keys.zoomReset")}`}
          title={t("keys.zoomReset")}
          disabled={zoom.at === 100}
          onClick={zoom.reset}
        >
          {t("settings.percent", { percent: 100 })}
        </Button>
      </div>
      {zoom.error !== null && <ErrorNote error={zoom.error} />}
    </fieldset>
  );
}
