import { ShieldAlert, ShieldQuestion } from "lucide-react";
import type { Ref } from "react";
import type { Certificate } from "../core/errors";
import { useNow } from "../core/now";
import { useTexts } from "../i18n/texts";
import { instant, useTimeWords } from "../i18n/time";
import { Button } from "./Button";
import styles from "./CertificateDecision.module.css";
import { groupFingerprint } from "./grouping";

type CertificateDecisionProps = {
  certificate: Certificate;
  busy: boolean;
  onTrust: () => void;
  onDecline: () => void;
  /** The button that changes nothing: what has the focus first, so that no Enter by habit trusts a stranger. */
  declineRef?: Ref<HTMLButtonElement>;
};

/** Shown once per server; loud when the certificate is not the one trusted before. */
export function CertificateDecision({
  certificate,
  busy,
  onTrust,
  onDecline,
  declineRef,
}: CertificateDecisionProps) {
  const { t } = useTexts();
  const changed = certificate.pinned !== null;
  const Shield = changed ? ShieldAlert : ShieldQuestion;
  return (
    <div className={styles.decision}>
      <div className={changed ? styles.loud : styles.calm} role={changed ? "alert" : undefined}>
        <Shield aria-hidden="true" size={24} strokeWidth={1.6} />
        <div>
          <p className={styles.headline}>
            {changed ? t("certificate.changedTitle") : t(`certificate.why.${certificate.why}`)}
          </p>
          <p>{changed ? t("certificate.changedText") : t("certificate.meaning")}</p>
        </div>
      </div>
      <dl className={styles.facts}>
        <Fact name={t("certificate.host")} value={hostAndPort(certificate)} />
        <Fact name={t("certificate.fingerprint")} value={groupFingerprint(certificate.fingerprint)} mono />
        {certificate.pinned !== null && (
          <Fact name={t("certificate.trustedBefore")} value={groupFingerprint(certificate.pinned)} mono />
        )}
        <Fact name={t("certificate.subject")} value={certificate.subject} />
        <Fact name={t("certificate.issuer")} value={certificate.issuer} />
        <Fact name={t("certificate.names")} value={certificate.names.join(", ")} />
        <Fact name={t("certificate.valid")} value={useValidity(certificate)} />
      </dl>
      <p className={styles.compare}>{t("certificate.compare")}</p>
      <div className={styles.actions}>
        <Button look={changed ? "danger" : "primary"} busy={busy} onClick={onTrust}>
          {changed ? t("certificate.trustNew") : t("certificate.trust")}
        </Button>
        <Button ref={declineRef ?? null} onClick={onDecline}>
          {t("certificate.decline")}
        </Button>
      </div>
    </div>
  );
}

function Fact({ name, value, mono = false }: { name: string; value: string; mono?: boolean }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={mono ? styles.mono : undefined}>{value === "" ? "—" : value}</dd>
    </div>
  );
}

function hostAndPort(certificate: Certificate): string {
  return certificate.port === null ? certificate.host : `${certificate.host}:${certificate.port}`;
}

function useValidity(certificate: Certificate): string {
  const { t } = useTexts();
  const now = useNow();
  const words = useTimeWords();
  const from = instant(certificate.notBefore);
  const to = instant(certificate.notAfter);
  if (from === null || to === null) return "";
  const range = t("certificate.range", { from: words.date(from), to: words.date(to) });
  return to < now ? t("certificate.rangeEnded", { range }) : range;
}
