import { useLayoutEffect, useRef, useState } from "react";
import { BillingForm } from "../../app/signIn/BillingForm";
import type { ServerView } from "../../core/bindings/ServerView";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { AccountCard } from "./AccountCard";
import { ConnectPage } from "./ConnectPage";
import styles from "./ConnectScreen.module.css";

/** Each account on its own: one that fails takes nothing from the others. */
export function AccountsStep({ server, onOpen }: { server: ServerView; onOpen: () => void }) {
  const { t } = useTexts();
  const billing = server.billing.kind === "own" ? server.billing : null;
  const missing = (["admin", "client"] as const).filter((kind) => server[kind]?.state !== "signed_in");
  const [lead, setLead] = useState({ to: missing[0] ?? null, turn: 1 });
  const before = useRef(missing);
  const open = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const changed = before.current.join() !== missing.join();
    const added = missing.find((kind) => !before.current.includes(kind));
    before.current = missing;
    // Whoever went on to another form by themselves stays there.
    if (!changed || document.activeElement?.closest("form") != null) return;
    // The form that had the focus is gone: on to the next account, or into the window. After signing out, it is back.
    const next = added ?? missing[0] ?? null;
    setLead(({ turn }) => ({ to: next, turn: turn + 1 }));
    if (next === null) open.current?.focus();
  });
  const ready = [server.admin, server.client, billing].some((account) => account?.state === "signed_in");
  return (
    <ConnectPage
      foot={
        <div className={styles.actions}>
          <Button ref={open} look="primary" onClick={onOpen} disabled={!ready}>
            {t("connect.open")}
          </Button>
          {!ready && <p className={styles.why}>{t("connect.openWhy")}</p>}
        </div>
      }
    >
      <header className={styles.head}>
        <h1>{t("connect.accountsTitle", { server: server.name })}</h1>
        <p>{t("connect.accountsIntro")}</p>
      </header>
      <AccountCard server={server} account="admin" focusTurn={lead.to === "admin" ? lead.turn : 0} />
      <AccountCard server={server} account="client" focusTurn={lead.to === "client" ? lead.turn : 0} />
      <section className={styles.card} aria-label={t("accounts.billing.name")}>
        <h2>{t("accounts.billing.name")}</h2>
        <p className={styles.why}>{t("accounts.billing.why")}</p>
        <BillingForm server={server} />
      </section>
    </ConnectPage>
  );
}
