import { useState } from "react";
import type { AccountKind } from "../../core/bindings/AccountKind";
import type { ServerView } from "../../core/bindings/ServerView";
import { useSignInRequests } from "../../core/CoreProvider";
import { useWaitingSignInRequests } from "../../core/signInRequests";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { PaneSection } from "../../parts/Pane";
import { BillingForm } from "./BillingForm";
import { SignInForm } from "./SignInForm";

type SignInDialogProps = { server: ServerView; account: AccountKind };

/** The question "sign in again" for one account. */
export function SignInDialog({ server, account }: SignInDialogProps) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  const later = (
    <Button look="quiet" onClick={requests.dismiss}>
      {t("signIn.later")}
    </Button>
  );
  const waiting = useWaitingSignInRequests(requests);
  // A captcha and a choice of sessions stand beside each other there: the whole question fits a small window.
  const [wide, setWide] = useState(false);
  const view = server[account];
  const why =
    view === null
      ? "firstWhy"
      : account !== "billing" && "state" in view && view.state === "signed_in"
        ? "beforeEndWhy"
        : "againWhy";
  return (
    <Dialog
      urgent
      open
      wide={wide}
      title={t(`accounts.${account}.${view === null ? "signIn" : "again"}`)}
      description={
        <>
          {t(`signIn.${why}`, { server: server.name })}
          {waiting > 0 && <> {t("signIn.moreWait", { count: waiting })}</>}
        </>
      }
      onClose={requests.dismiss}
    >
      {account === "billing" ? (
        <>
          <BillingAgain server={server} onAskedForMore={setWide} />
          {later}
        </>
      ) : (
        <SignInForm
          server={server.id}
          account={account}
          login={server[account]?.login ?? null}
          submit={t("signIn.submit")}
          focusTurn={1}
          onAskedForMore={setWide}
        >
          {later}
        </SignInForm>
      )}
    </Dialog>
  );
}

/** Lines may use the admin account's token or one of their own; either may be what has ended. */
type BillingAgainProps = { server: ServerView; onAskedForMore: (more: boolean) => void };

function BillingAgain({ server, onAskedForMore }: BillingAgainProps) {
  const { t } = useTexts();
  return (
    <>
      {server.billing.kind === "admin" && (
        <PaneSection title={t("billing.viaAdmin")}>
          <SignInForm
            server={server.id}
            account="admin"
            login={server.admin?.login ?? null}
            submit={t("signIn.submit")}
            focusTurn={1}
            onAskedForMore={onAskedForMore}
          />
        </PaneSection>
      )}
      <PaneSection title={t("accounts.billing.name")}>
        <BillingForm server={server} />
      </PaneSection>
    </>
  );
}
