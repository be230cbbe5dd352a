import type { AccountView } from "../core/bindings/AccountView";
import type { ServerView } from "../core/bindings/ServerView";
import { useSignInRequests } from "../core/CoreProvider";
import { useAppState } from "../core/useAppState";
import { useTexts } from "../i18n/texts";
import { Tag } from "../parts/Tag";
import { SearchField, type SearchFieldProps } from "../screens/search/SearchField";
import styles from "./TopBar.module.css";

type TopBarProps = {
  server: ServerView | null;
  busy: boolean;
  onChoose: (server: string) => void;
  search: SearchFieldProps;
};

export function TopBar({ server, busy, onChoose, search }: TopBarProps) {
  const { t } = useTexts();
  if (server === null) {
    return (
      <header className={styles.bar}>
        <span className={styles.name}>{t("frame.product")}</span>
      </header>
    );
  }
  return (
    <header className={styles.bar}>
      <SearchField {...search} />
      <ServerChoice active={server} busy={busy} onChoose={onChoose} />
      {server.kind === "demo" && <Tag tone="warn">{t("frame.demo")}</Tag>}
      {server.kind !== "demo" && server.trust.kind === "plain" && <Tag tone="bad">{t("frame.plain")}</Tag>}
      <div className={styles.accounts}>
        <Account server={server.id} kind="admin" account={server.admin} />
        <Account server={server.id} kind="client" account={server.client} />
      </div>
    </header>
  );
}

function ServerChoice({
  active,
  busy,
  onChoose,
}: {
  active: ServerView;
  busy: boolean;
  onChoose: (server: string) => void;
}) {
  const { t } = useTexts();
  const { servers } = useAppState();
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
      aria-busy={busy || undefined}
      onChange={(event) => onChoose(event.target.value)}
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
  const { t } = useTexts();
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
