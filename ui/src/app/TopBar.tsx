import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AccountView } from "../core/bindings/AccountView";
import { activateServer } from "../core/bindings/commands";
import type { ServerView } from "../core/bindings/ServerView";
import { useSignInRequests } from "../core/CoreProvider";
import { useAppState } from "../core/useAppState";
import { useWrite } from "../core/useWrite";
import { Tag } from "../parts/Tag";
import styles from "./TopBar.module.css";

export function TopBar({ server }: { server: ServerView | null }) {
  const { t } = useTranslation();
  if (server === null) {
    return (
      <header className={styles.bar}>
        <span className={styles.name}>{t("frame.product")}</span>
      </header>
    );
  }
  return (
    <header className={styles.bar}>
      <ServerChoice active={server} />
      {server.kind === "demo" && <Tag tone="warn">{t("frame.demo")}</Tag>}
      {server.kind !== "demo" && server.trust.kind === "plain" && <Tag tone="bad">{t("frame.plain")}</Tag>}
      <div className={styles.accounts}>
        <Account server={server.id} kind="admin" account={server.admin} />
        <Account server={server.id} kind="client" account={server.client} />
      </div>
    </header>
  );
}

function ServerChoice({ active }: { active: ServerView }) {
  const { t } = useTranslation();
  const { servers } = useAppState();
  const activate = useWrite(activateServer);
  const navigate = useNavigate();
  if (servers.length < 2) {
    return (
      <span className={styles.name} title={active.address}>
        {active.name}
      </span>
    );
  }
  return (
    <select
      className={styles.servers}
      aria-label={t("frame.server")}
      title={active.address}
      value={active.id}
      onChange={(event) => {
        void activate.run({ server: event.target.value }).then(() => navigate({ to: "/buildings" }));
      }}
    >
      {servers.map((server) => (
        <option key={server.id} value={server.id}>
          {server.name}
        </option>
      ))}
    </select>
  );
}

function Account({
  server,
  kind,
  account,
}: {
  server: string;
  kind: "admin" | "client";
  account: AccountView | null;
}) {
  const { t } = useTranslation();
  const requests = useSignInRequests();
  if (account === null) return null;
  const who = account.name ?? account.login ?? t("accounts.byToken");
  const name = t(`accounts.${kind}.short`);
  if (account.state === "expired") {
    return (
      <button
        type="button"
        className={styles.expired}
        onClick={() => requests.ask({ server, account: kind }, "person")}
      >
        {t("accounts.expiredOf", { account: name })}
      </button>
    );
  }
  return (
    <span className={styles.account} title={who}>
      <span className={styles.kind}>{name}</span> {who}
    </span>
  );
}
