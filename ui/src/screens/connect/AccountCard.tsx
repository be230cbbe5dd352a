import { AccountState } from "../../app/signIn/AccountState";
import { SignedOutNote } from "../../app/signIn/SignedOutNote";
import { SignInForm } from "../../app/signIn/SignInForm";
import { signOut } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import styles from "./ConnectScreen.module.css";

type AccountCardProps = { server: ServerView; account: "admin" | "client"; focusTurn?: number };

/** One account of a server: signed in, or the form that does it. */
export function AccountCard({ server, account, focusTurn = 0 }: AccountCardProps) {
  const { t } = useTexts();
  const leave = useWrite(signOut);
  const view = server[account];
  const name = t(`accounts.${account}.name`);
  return (
    <section className={styles.card} aria-label={name}>
      <h2>{name}</h2>
      {view?.state === "signed_in" ? (
        <>
          <p className={styles.signedIn}>
            <span>
              {t("accounts.signedInAs", { name: view.name ?? view.login ?? t("accounts.byToken") })}
            </span>
            <AccountState view={view} />
          </p>
          <Button busy={leave.pending} onClick={() => void leave.run({ server: server.id, account })}>
            {t(`accounts.${account}.signOut`)}
          </Button>
          {leave.error !== null && <ErrorNote error={leave.error} />}
        </>
      ) : (
        <>
          {leave.answer !== null && <SignedOutNote answer={leave.answer} />}
          <p className={styles.why}>{t(`accounts.${account}.why`)}</p>
          <SignInForm
            server={server.id}
            account={account}
            login={view?.login ?? null}
            submit={t(`accounts.${account}.signIn`)}
            focusTurn={focusTurn}
          />
        </>
      )}
    </section>
  );
}
