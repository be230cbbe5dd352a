import { useTexts } from "../i18n/texts";
import { Empty } from "./Empty";

export function NoServer() {
  const { t } = useTexts();
  return <Empty title={t("settings.noServers")} />;
}
