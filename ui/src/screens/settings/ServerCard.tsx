import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { BillingForm } from "../../app/signIn/BillingForm";
import type { BillingView } from "../../core/bindings/BillingView";
import { activateServer } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { instant, useTimeWords } from "../../i18n/time";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { groupFingerprint } from "../../parts/grouping";
import { Tag } from "../../parts/Tag";
import { AccountLine } from "./AccountLine";
import { RemoveServer } from "./RemoveServer";
import styles from "./SettingsScreen.module.css";
import { ZoneField } from "./ZoneField";

export function ServerCard({ server, active }: { server: ServerView; active: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const activate = useWrite(activateServer);
  const [billingOpen, setBillingOpen] = useState(false);
  return (
    <article className={styles.card} aria-label={server.name}>
      <header className={styles.title}>
        <h3 title={server.name}>{server.name}</h3>
        {server.kind === "demo" && <Tag tone="warn">{t("frame.demo")}</Tag>}
        {active && <Tag tone="live">{t("settings.inUse")}</Tag>}
      </header>
      <dl className={styles.table}>
        <Fact name={t("settings.address")} value={server.address} />
        <Fact name={t("settings.trust")} value={<Trust trust={server.trust} />} />
        <Fact name={t("settings.zone")} value={<ZoneField server={server} />} />
        <AccountLine server={server} account="admin" />
        <AccountLine server={server} account="client" />
        <Fact
          name={t("accounts.billing.name")}
          value={billingState(t, server.billing)}
          action={
            <Button look="quiet" onClick={() => setBillingOpen(!billingOpen)} aria-expanded={billingOpen}>
              {t("billing.change")}
            </Button>
          }
        />
      </dl>
      {billingOpen && <BillingForm server={server} onSaved={() => setBillingOpen(false)} />}
      <div className={styles.buttons}>
        {!active && (
          <Button
            busy={activate.pending}
            onClick={() =>
              void activate.run({ server: server.id }).then(() => navigate({ to: "/buildings" }))
            }
          >
            {t("settings.use")}
          </Button>
        )}
        <Button onClick={() => void navigate({ to: "/connect", search: { server: server.id } })}>
          {t("settings.accounts")}
        </Button>
        <RemoveServer server={server} />
      </div>
      {activate.error !== null && <ErrorNote error={activate.error} />}
    </article>
  );
}

function Fact({ name, value, action }: { name: string; value: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {action !== undefined && <dd>{action}</dd>}
    </div>
  );
}

function billingState(t: TFunction, billing: BillingView): string {
  if (billing.kind !== "own") return t(`billing.state.${billing.kind}`);
  return billing.state === "expired" ? t("billing.state.own_expired") : t("billing.state.own_signed_in");
}

function Trust({ trust }: { trust: ServerView["trust"] }) {
  const { t } = useTranslation();
  const time = useTimeWords();
  if (trust.kind !== "pinned") return <>{t(`settings.trustKind.${trust.kind}`)}</>;
  const ends = instant(trust.ends);
  return (
    <>
      {t("settings.trustKind.pinned")}{" "}
      <span className={styles.mono}>{groupFingerprint(trust.fingerprint)}</span>
      {ends !== null && <> {t("settings.trustEnds", { date: time.date(ends) })}</>}
    </>
  );
}
