import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "../core/now";
import { useActiveServer } from "../core/useAppState";
import { useTexts } from "../i18n/texts";
import { instant, useTimeWords } from "../i18n/time";
import { Banner } from "../parts/Banner";
import { Button } from "../parts/Button";
import { isolated } from "../parts/oneLine";

/** The server is away: what is on the screen is what was last seen. */
export function LostBanner() {
  const { t } = useTexts();
  const words = useTimeWords();
  const now = useNow();
  const server = useActiveServer();
  const queries = useQueryClient();
  // Only what was asked for here: while somebody types into the search, questions come and go.
  const [isLooking, setLooking] = useState(false);
  const since = instant(server?.lostAt ?? null);
  const look = async () => {
    setLooking(true);
    await queries.refetchQueries({ type: "active" });
    setLooking(false);
  };
  if (server === null || since === null) return null;
  return (
    <Banner
      title={t("lost.title", { server: isolated(server.name), since: words.when(since, now) })}
      action={
        // Whatever is on the screen is asked for once more: the first answer says that the server is there.
        <Button busy={isLooking} onClick={() => void look()}>
          {t("lost.lookNow")}
        </Button>
      }
    >
      {t("lost.text")}
    </Banner>
  );
}
