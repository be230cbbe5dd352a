import type { AccountView } from "../../core/bindings/AccountView";
import { useTexts } from "../../i18n/texts";
import { Moment } from "../../parts/RelativeTime";
import { Tag } from "../../parts/Tag";

/** Whether an account is signed in, until when, and whether it renews itself. */
export function AccountState({ view }: { view: AccountView }) {
  const { t } = useTexts();
  return (
    <>
      {view.state === "signed_in" && <Tag tone="live">{t("accounts.signedIn")}</Tag>}
      {view.state === "expired" && <Tag tone="warn">{t("accounts.expired")}</Tag>}
      {view.remembered && <Tag>{t("accounts.remembered")}</Tag>}
      {view.state === "signed_in" && view.expiresAt !== null && !view.remembered && (
        <span>
          {t("accounts.until")} <Moment at={view.expiresAt} />
        </span>
      )}
    </>
  );
}
