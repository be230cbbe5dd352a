import { useTranslation } from "react-i18next";
import { Empty } from "./Empty";

export function NoServer() {
  const { t } = useTranslation();
  return <Empty title={t("settings.noServers")} />;
}
