import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { BillingForm } from "../../app/signIn/BillingForm";
import type { BillingView } from "../../core/bindings/BillingView";
import { activateServer } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import { Fold } from "../../parts/Fold";
import { Tag } from "../../parts/Tag";
import { AccountLine } from "./AccountLine";
import { Capabilities } from "./Capabilities";
import { RemoveServer } from "./RemoveServer";
import { ServerSettings } from "./ServerSettings";
import { ServerWarnings } from "./ServerWarnings";
import { Sessions } from "./Sessions";
import styles from "./SettingsScreen.module.css";
import { SyncFact } from "./SyncFact";
import { Trust } from "./Trust";

type ServerCardProps = { server: ServerView; active: boolean; onRemoved: () => void };

export function ServerCard({ server, active, onRemoved }: ServerCardProps) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const activate = useWrite(activateServer);
  const use = () =>
    void activate.run({ server: server.id }).then((shown) => {
      if (shown.done) void navigate({ to: "/buildings" });
    });
  return (
    <article className={styles.card} aria-label={server.name}>
      <header className={styles.title}>
        <h3 title={server.name}>{server.name}</h3>
        {server.kind === "demo" && <Tag tone="warn">{t("frame.demo")}</Tag>}
        {active && <Tag tone="live">{t("settings.inUse")}</Tag>}
      </header>
      <ServerWarnings server={server} />
      <dl className={styles.table}>
        <Fact name={t("settings.address")} value={server.address} />
        <Fact name={t("settings.serverVersion")} value={server.version ?? t("settings.versionUnknown")} />
        <Trust server={server} />
        <AccountLine server={server} account="admin" />
        <AccountLine server={server} account="client" />
        <Fact name={t("accounts.billing.name")} value={billingState(t, server.billing)} />
        <SyncFact server={server} />
      </dl>
      <div className={styles.folds}>
        <Fold title={t("billing.change")}>
          <p className={styles.muted}>{t("accounts.billing.why")}</p>
          <BillingForm server={server} />
        </Fold>
        <Fold title={t("settings.howToTalk")}>
          <ServerSettings server={server} />
        </Fold>
        {server.client !== null && (
          <Fold title={t("sessions.ofClient")}>
            <Sessions server={server} />
          </Fold>
        )}
        <Fold title={capabilitiesSummary(t, server)}>
          <Capabilities server={server} />
        </Fold>
      </div>
      <div className={styles.buttons}>
        {!active && (
          <Button busy={activate.pending} onClick={use}>
            {t("settings.use")}
          </Button>
        )}
        <Button onClick={() => void navigate({ to: "/connect", search: { server: server.id } })}>
          {t("settings.accounts")}
        </Button>
        <RemoveServer server={server} onRemoved={onRemoved} />
      </div>
      {activate.error !== null && <ErrorNote error={activate.error} />}
    </article>
  );
}

/** How many of the calls that were tried answer; what nobody has tried is not counted as silent. */
function capabilitiesSummary(t: TFunction, { capabilities }: ServerView): string {
  const title = t("capabilities.title");
  const answering = capabilities.filter(({ state }) => state === "answers").length;
  const left = capabilities.filter(({ state }) => state === "unknown").length;
  const tried = capabilities.length - left;
  if (tried === 0) return t("capabilities.untried", { title });
  const summary = t("capabilities.summary", { title, answering, count: tried });
  return left === 0 ? summary : t("capabilities.summaryLeft", { summary, count: left });
}

function billingState(t: TFunction, billing: BillingView): string {
  if (billing.kind !== "own") return t(`billing.state.${billing.kind}`);
  return billing.state === "expired" ? t("billing.state.own_expired") : t("billing.state.own_signed_in");
}
