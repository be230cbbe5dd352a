import { useTranslation } from "react-i18next";
import type { KeyView } from "../../core/bindings/KeyView";
import type { ResidentView } from "../../core/bindings/ResidentView";
import { instant, useTimeWords } from "../../i18n/time";
import { groupKey } from "../../parts/grouping";
import { PaneSection } from "../../parts/Pane";
import { Tag } from "../../parts/Tag";
import styles from "./BuildingsScreen.module.css";

export function Residents({ residents }: { residents: readonly ResidentView[] }) {
  const { t } = useTranslation();
  return (
    <PaneSection title={t("flats.residentsCount", { count: residents.length })}>
      {residents.length === 0 && <p className={styles.faint}>{t("flats.noResidents")}</p>}
      <ul className={styles.list}>
        {residents.map((resident) => (
          <li key={resident.id} className={styles.person}>
            <span>{resident.name ?? resident.login ?? t("flats.unnamed", { id: resident.id })}</span>
            {resident.name !== null && resident.login !== null && (
              <span className={styles.faint}>{resident.login}</span>
            )}
            <Validity resident={resident} />
          </li>
        ))}
      </ul>
    </PaneSection>
  );
}

function Validity({ resident }: { resident: ResidentView }) {
  const { t } = useTranslation();
  const words = useTimeWords();
  const until = instant(resident.validUntil);
  if (resident.validity === "unknown") return <Tag>{t("flats.validity.unknown")}</Tag>;
  if (resident.validity === "expired") {
    return (
      <Tag tone="warn">
        {until === null
          ? t("flats.validity.expired")
          : t("flats.validity.expiredOn", { date: words.date(until) })}
      </Tag>
    );
  }
  if (until === null) return null;
  return <span className={styles.faint}>{t("flats.validity.until", { date: words.date(until) })}</span>;
}

export function Keys({ keys }: { keys: readonly KeyView[] }) {
  const { t } = useTranslation();
  return (
    <PaneSection title={t("flats.keysCount", { count: keys.length })}>
      {keys.length === 0 && <p className={styles.faint}>{t("flats.noKeys")}</p>}
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key.id} className={styles.person}>
            <span className={styles.key}>{groupKey(key.key)}</span>
            {key.owner === null ? (
              <Tag>{t("flats.noOwner")}</Tag>
            ) : (
              <span className={styles.faint}>
                {key.owner.name ?? key.owner.login ?? t("flats.unnamed", { id: key.owner.id })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </PaneSection>
  );
}
