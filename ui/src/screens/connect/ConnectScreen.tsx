import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAppState, useServer } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { LanguageChoice } from "../settings/PreferenceChoices";
import { AccountsStep } from "./AccountsStep";
import { ConnectPage } from "./ConnectPage";
import styles from "./ConnectScreen.module.css";
import { FindServer } from "./FindServer";

/** From an address to a server with somebody signed in. */
export function ConnectScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const { server: id } = useSearch({ from: "/connect" });
  const server = useServer(id);
  const first = useAppState().servers.length === 0;

  if (server !== null) {
    return <AccountsStep server={server} onOpen={() => void navigate({ to: "/buildings" })} />;
  }
  return (
    <ConnectPage>
      <header className={styles.head}>
        <h1>{first ? t("connect.welcome") : t("connect.title")}</h1>
        <p>{t("connect.intro")}</p>
      </header>
      <FindServer onAdded={(added) => void navigate({ to: "/connect", search: { server: added.id } })} />
      {first && <LanguageChoice />}
    </ConnectPage>
  );
}
