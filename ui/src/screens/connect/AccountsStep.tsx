import { useTranslation } from "react-i18next";
import { BillingForm } from "../../app/signIn/BillingForm";
import type { ServerView } from "../../core/bindings/ServerView";
import { Button } from "../../parts/Button";
import { AccountCard } from "./AccountCard";
import styles from "./ConnectScreen.module.css";

/** Each account on its own: one that fails takes nothing from the others. */
export function AccountsStep({ server, onOpen }: { server: ServerView; onOpen: () => void }) {
  const { t } = useTranslation();
  const billing = server.billing.kind === "own" ? server.billing : null;
  const ready = [server.admin, server.client, billing].some((account) => account?.state === "signed_in");
  return (
    <>
      <header className={styles.head}>
        <h1>{t("connect.accountsTitle", { server: server.name })}</h1>
        <p>{t("connect.accountsIntro")}</p>
      </header>
      <AccountCard server={server} account="admin" focusFirst={server.admin === null} />
      <AccountCard server={server} account="client" />
      <section className={styles.card} aria-label={t("accounts.billing.name")}>
        <h2>{t("accounts.billing.name")}</h2>
        <p className={styles.why}>{t("accounts.billing.why")}</p>
        <BillingForm server={server} />
      </section>
      <div className={styles.actions}>
        <Button look="primary" onClick={onOpen} disabled={!ready}>
          {t("connect.open")}
        </Button>
        {!ready && <p className={styles.why}>{t("connect.openWhy")}</p>}
      </div>
    </>
  );
}
