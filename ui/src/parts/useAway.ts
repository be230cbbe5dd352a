import { useTranslation } from "react-i18next";
import { useServer } from "../core/useAppState";

/** Why nothing can be changed at a server at the moment, in words; null where it can. */
export function useAway(server: string): string | null {
  const { t } = useTranslation();
  const lostAt = useServer(server)?.lostAt ?? null;
  return lostAt === null ? null : t("lost.blocked");
}
