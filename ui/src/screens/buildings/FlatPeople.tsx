import type { KeyOwner } from "../../core/bindings/KeyOwner";
import type { KeyView } from "../../core/bindings/KeyView";
import type { ResidentView } from "../../core/bindings/ResidentView";
import { useTexts } from "../../i18n/texts";
import { instant, useTimeWords } from "../../i18n/time";
import { Confirmed } from "../../parts/Confirmed";
import { groupKey } from "../../parts/grouping";
import { PaneSection } from "../../parts/Pane";
import { ServerText } from "../../parts/ServerText";
import { Tag } from "../../parts/Tag";
import styles from "./BuildingsScreen.module.css";

/** `at`: when they were told. `wasRead`: the server has been asked; else nothing is known because nobody asked yet. */
type Told = {
  at: string | null;
  wasRead: boolean;
  /** The record id of the one a search found. */
  found?: number | null;
};
type ResidentsProps = Told & { residents: readonly ResidentView[] | null };
type KeysProps = Told & { keys: readonly KeyView[] | null };

/** Who lives here; null where no answer said, which is not "nobody". */
export function Residents({ residents, at, wasRead, found = null }: ResidentsProps) {
  const { t } = useTexts();
  if (residents === null) {
    return (
      <PaneSection title={t("flats.residents")}>
        <p className={styles.faint}>{t(wasRead ? "flats.residentsNotSaid" : "flats.residentsNotRead")}</p>
      </PaneSection>
    );
  }
  return (
    <PaneSection title={t("flats.residentsCount", { count: residents.length })}>
      <ToldAt at={at} />
      {residents.length === 0 && <p className={styles.faint}>{t("flats.noResidents")}</p>}
      <ul className={styles.list}>
        {residents.map((resident) => (
          <li key={resident.id} className={styles.person}>
            <ServerText>
              {resident.name ?? resident.login ?? t("flats.unnamed", { id: resident.id })}
            </ServerText>
            {resident.name !== null && resident.login !== null && (
              <span className={styles.faint}>
                <ServerText>{resident.login}</ServerText>
              </span>
            )}
            <Validity resident={resident} />
            {resident.id === found && <Tag tone="live">{t("answer.found")}</Tag>}
          </li>
        ))}
      </ul>
    </PaneSection>
  );
}

function Validity({ resident }: { resident: ResidentView }) {
  const { t } = useTexts();
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

/** The flat's keys; null where no answer said, which is not "none". */
export function Keys({ keys, at, wasRead, found = null }: KeysProps) {
  const { t } = useTexts();
  if (keys === null) {
    return (
      <PaneSection title={t("flats.keys")}>
        <p className={styles.faint}>{t(wasRead ? "flats.keysNotSaid" : "flats.keysNotRead")}</p>
      </PaneSection>
    );
  }
  return (
    <PaneSection title={t("flats.keysCount", { count: keys.length })}>
      <ToldAt at={at} />
      {keys.length === 0 && <p className={styles.faint}>{t("flats.noKeys")}</p>}
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key.id} className={styles.person}>
            <span className={styles.key}>
              <ServerText>{groupKey(key.key)}</ServerText>
            </span>
            <Owner owner={key.owner} />
            {key.id === found && <Tag tone="live">{t("answer.found")}</Tag>}
          </li>
        ))}
      </ul>
    </PaneSection>
  );
}

/** They have an age of their own: a list of flats is read more often than what is inside a flat. */
export function ToldAt({ at }: { at: string | null }) {
  if (at === null) return null;
  return (
    <p className={styles.faint}>
      <Confirmed at={at} />
    </p>
  );
}

/** Whose key it is: somebody's, nobody's, or not said. */
export function Owner({ owner }: { owner: KeyOwner }) {
  const { t } = useTexts();
  if (owner.kind === "nobody") return <Tag>{t("fobs.nobody")}</Tag>;
  if (owner.kind === "unknown") return <span className={styles.faint}>{t("fobs.notSaid")}</span>;
  return (
    <span className={styles.owner}>
      <ServerText cut>{owner.name ?? owner.login ?? t("flats.unnamed", { id: owner.id })}</ServerText>
      {owner.name !== null && owner.login !== null && (
        <span className={styles.faint}>
          {" "}
          <ServerText cut>{owner.login}</ServerText>
        </span>
      )}
    </span>
  );
}
