import { useRef, useState } from "react";
import type { CommandError } from "../core/bindings/CommandError";
import { trustCertificate } from "../core/bindings/commands";
import { useSignInRequests } from "../core/CoreProvider";
import { type Certificate, certificate, missingAccount, signedOut } from "../core/errors";
import { useServer } from "../core/useAppState";
import { useWrite } from "../core/useWrite";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import { CertificateDecision } from "./CertificateDecision";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

/** Whether an error has a way out of its own, better than trying again. */
export function hasWayOut(error: CommandError): boolean {
  return signedOut(error) !== null || missingAccount(error) !== null || certificate(error) !== null;
}

/** The step that leads out of an error: signing in, or deciding about a certificate. */
export function WayOut({ error, server }: { error: CommandError; server: string }) {
  const { t } = useTexts();
  const requests = useSignInRequests();
  const account = signedOut(error) ?? missingAccount(error);
  const decision = certificate(error);
  return (
    <>
      {account !== null && (
        <Button onClick={() => requests.ask(account, "person")}>
          {t(`accounts.${account.account}.signIn`)}
        </Button>
      )}
      {decision !== null && <ReviewCertificate server={server} certificate={decision} />}
    </>
  );
}

/** A server already in use shows another certificate: nothing goes to it before a person has decided. */
function ReviewCertificate({ server, certificate }: { server: string; certificate: Certificate }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const trust = useWrite(trustCertificate);
  const decline = useRef<HTMLButtonElement>(null);
  const name = useServer(server)?.name ?? certificate.host;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("certificate.review")}</Button>
      <Dialog
        urgent
        wide
        initialFocus={decline}
        open={open}
        title={t("certificate.titleOf", { server: name })}
        onClose={() => setOpen(false)}
      >
        <CertificateDecision
          certificate={certificate}
          busy={trust.pending}
          declineRef={decline}
          onTrust={() =>
            void trust
              .run({ server, fingerprint: certificate.fingerprint })
              .then((trusted) => trusted.done && setOpen(false))
          }
          onDecline={() => setOpen(false)}
        />
        {trust.error !== null && <ErrorNote error={trust.error} />}
      </Dialog>
    </>
  );
}
