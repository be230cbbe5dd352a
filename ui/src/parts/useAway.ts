import { useServer } from "../core/useAppState";
import { useTexts } from "../i18n/texts";

/** Why nothing can be changed at a server at the moment, in words; null where it can. */
export function useAway(server: string): string | null {
  const { t } = useTexts();
  const lostAt = useServer(server)?.lostAt ?? null;
  return lostAt === null ? null : t("lost.blocked");
}
