import { AccountState } from "../../app/signIn/AccountState";
import { SignedOutNote } from "../../app/signIn/SignedOutNote";
import { signOut } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useSignInRequests } from "../../core/CoreProvider";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { Fact } from "../../parts/Fact";
import styles from "./SettingsScreen.module.css";

export function AccountLine({ server, account }: { server: ServerView; account: "admin" | "client" }) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  const leave = useWrite(signOut);
  const view = server[account];
  const isEnded = view?.state === "expired";
  return (
    <Fact
      name={t(`accounts.${account}.name`)}
      value={
        <>
          <span className={styles.account}>
            {view === null ? t("accounts.none") : (view.name ?? view.login ?? t("accounts.byToken"))}
            {view !== null && <AccountState view={view} />}
          </span>
          {view === null && leave.answer !== null && <SignedOutNote answer={leave.answer} />}
          {leave.error !== null && <ErrorNote error={leave.error} />}
        </>
      }
      action={
        <>
          {view?.state !== "signed_in" && (
            <Button
              look="quiet"
              aria-label={t(`accounts.${account}.signIn`)}
              onClick={() => requests.ask({ server: server.id, account }, "person")}
            >
              {t("accounts.enter")}
            </Button>
          )}
          {/* Also where it has ended: on a shared computer it must not wait here for the next person. */}
          {view !== null && (
            <Button
              look="quiet"
              busy={leave.pending}
              aria-label={t(`accounts.${account}.${isEnded ? "forget" : "signOut"}`)}
              onClick={() => void leave.run({ server: server.id, account })}
            >
              {t(isEnded ? "accounts.forget" : "accounts.leave")}
            </Button>
          )}
        </>
      }
    />
  );
}
