import { lazy, Suspense } from "react";
import { useAppState } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { Fold } from "../../parts/Fold";
import { Skeleton } from "../../parts/Skeleton";
import styles from "./SettingsScreen.module.css";

/** Hundreds of licence texts: fetched when somebody wants to read them. */
const Licences = lazy(() => import("./Licences"));

export function AboutSection() {
  const { t } = useTexts();
  const state = useAppState();
  return (
    <>
      <p>
        {t("settings.version", { version: state.version })}
        {state.identity !== "release" && ` · ${t(`settings.identity.${state.identity}`)}`}
      </p>
      <p className={styles.muted}>{t("about.licence")}</p>
      <Fold title={t("about.components")}>
        <Suspense fallback={<Skeleton rows={6} />}>
          <Licences />
        </Suspense>
      </Fold>
    </>
  );
}
