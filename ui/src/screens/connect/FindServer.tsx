import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { addServer, probeServer, startDemo } from "../../core/bindings/commands";
import type { ProbeServer } from "../../core/bindings/ProbeServer";
import type { ServerView } from "../../core/bindings/ServerView";
import { certificate, textParam } from "../../core/errors";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { CertificateDecision } from "../../parts/CertificateDecision";
import { ErrorNote } from "../../parts/ErrorNote";
import { Note } from "../../parts/Note";
import { AddressForm } from "./AddressForm";
import styles from "./ConnectScreen.module.css";

/** Finds out whether there is such a server, lets the person decide about its trust, and adds it. */
export function FindServer({ onAdded }: { onAdded: (server: ServerView) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState({ address: "", name: "" });
  const probe = useWrite(probeServer);
  const add = useWrite(addServer);
  const decision = certificate(probe.error);
  const busy = probe.pending || add.pending;

  const connect = async (name: string, request: ProbeServer) => {
    const found = await probe.run(request);
    if (!found.done) return;
    const added = await add.run({
      address: found.answer.address,
      name: name === "" ? hostOf(found.answer.address) : name,
      pin: request.pin,
      allowPlainHttp: request.allowPlainHttp,
    });
    if (added.done) onAdded(added.answer);
  };
  const again = (pin: string | null, allowPlainHttp: boolean) =>
    void connect(typed.name, { address: typed.address, pin, allowPlainHttp });

  if (decision !== null) {
    return (
      <section className={styles.card} aria-label={t("certificate.title")}>
        <h2>{t("certificate.title")}</h2>
        <CertificateDecision
          certificate={decision}
          busy={busy}
          onTrust={() => again(decision.fingerprint, false)}
          onDecline={probe.reset}
        />
      </section>
    );
  }
  if (probe.error?.code === "plain_http") {
    return (
      <section className={styles.card} aria-label={t("plain.title")}>
        <h2>{t("plain.title")}</h2>
        <Note tone="warn">{t("plain.text", { host: textParam(probe.error, "host") ?? typed.address })}</Note>
        <div className={styles.actions}>
          <Button look="danger" busy={busy} onClick={() => again(null, true)}>
            {t("plain.accept")}
          </Button>
          <Button onClick={probe.reset}>{t("plain.decline")}</Button>
        </div>
      </section>
    );
  }
  return (
    <>
      <AddressForm
        typed={typed}
        busy={busy}
        error={probe.error ?? add.error}
        onSubmit={(next) => {
          setTyped(next);
          void connect(next.name, { address: next.address, pin: null, allowPlainHttp: false });
        }}
      />
      <DemoOffer />
    </>
  );
}

function DemoOffer() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const start = useWrite(startDemo);
  return (
    <>
      <section className={styles.demo} aria-label={t("connect.demoTitle")}>
        <p>{t("connect.demoText")}</p>
        <Button
          busy={start.pending}
          onClick={() =>
            void start.run(null).then((demo) => {
              if (demo.done) void navigate({ to: "/buildings" });
            })
          }
        >
          {t("connect.demo")}
        </Button>
      </section>
      {start.error !== null && <ErrorNote error={start.error} />}
    </>
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
