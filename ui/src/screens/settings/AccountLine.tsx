import { useTranslation } from "react-i18next";
import { signOut } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useSignInRequests } from "../../core/CoreProvider";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { Button } from "../../parts/Button";
import { Tag } from "../../parts/Tag";
import styles from "./SettingsScreen.module.css";

export function AccountLine({ server, account }: { server: ServerView; account: "admin" | "client" }) {
  const { t } = useTranslation();
  const requests = useSignInRequests();
  const leave = useWrite(signOut);
  const view = server[account];
  const name = t(`accounts.${account}.name`);
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        {view === null ? t("accounts.none") : (view.name ?? view.login ?? t("accounts.byToken"))}{" "}
        {view?.state === "signed_in" && <Tag tone="live">{t("accounts.signedIn")}</Tag>}
        {view?.state === "expired" && <Tag tone="warn">{t("accounts.expired")}</Tag>}
        {leave.error !== null && <p role="alert">{errorWords(t, leave.error).title}</p>}
      </dd>
      <dd>
        {view?.state === "signed_in" ? (
          <Button
            look="quiet"
            busy={leave.pending}
            aria-label={t("accounts.signOut", { account: name })}
            onClick={() => void leave.run({ server: server.id, account })}
          >
            {t("accounts.leave")}
          </Button>
        ) : (
          <Button
            look="quiet"
            aria-label={t("accounts.signIn", { account: name })}
            onClick={() => requests.ask({ server: server.id, account }, "person")}
          >
            {t("accounts.enter")}
          </Button>
        )}
      </dd>
    </div>
  );
}
