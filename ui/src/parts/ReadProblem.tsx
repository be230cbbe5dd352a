import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandError } from "../core/bindings/CommandError";
import { trustCertificate } from "../core/bindings/commands";
import type { ServerView } from "../core/bindings/ServerView";
import { useSignInRequests } from "../core/CoreProvider";
import { type Certificate, certificate, missingAccount, signedOut } from "../core/errors";
import { useWrite } from "../core/useWrite";
import { Button } from "./Button";
import { CertificateDecision } from "./CertificateDecision";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

type ReadProblemProps = { error: CommandError; server: ServerView; onRetry: () => void };

/** An answer that did not come, with the step that leads out of it. */
export function ReadProblem({ error, server, onRetry }: ReadProblemProps) {
  const { t } = useTranslation();
  const requests = useSignInRequests();
  const account = signedOut(error) ?? missingAccount(error);
  const decision = certificate(error);
  return (
    <ErrorNote error={error}>
      {account !== null && (
        <Button onClick={() => requests.ask(account, "person")}>
          {t("accounts.signIn", { account: t(`accounts.${account.account}.name`) })}
        </Button>
      )}
      {decision !== null && <ReviewCertificate server={server} certificate={decision} />}
      {account === null && decision === null && <Button onClick={onRetry}>{t("common.tryAgain")}</Button>}
    </ErrorNote>
  );
}

/** A server already in use shows another certificate: nothing goes to it before a person has decided. */
function ReviewCertificate({ server, certificate }: { server: ServerView; certificate: Certificate }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const trust = useWrite(trustCertificate);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("certificate.review")}</Button>
      <Dialog
        urgent
        wide
        open={open}
        title={t("certificate.titleOf", { server: server.name })}
        onClose={() => setOpen(false)}
      >
        <CertificateDecision
          certificate={certificate}
          busy={trust.pending}
          onTrust={() =>
            void trust
              .run({ server: server.id, fingerprint: certificate.fingerprint })
              .then((trusted) => trusted.done && setOpen(false))
          }
          onDecline={() => setOpen(false)}
        />
        {trust.error !== null && <ErrorNote error={trust.error} />}
      </Dialog>
    </>
  );
}
