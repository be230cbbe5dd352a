import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { listIntercoms, loadFlats, loadKeys } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { invalidate } from "../../core/invalidate";
import { useActiveServer } from "../../core/useAppState";
import { useLatest } from "../../core/useLatest";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { capability } from "../buildings/capability";

type Asking = { done: number; count: number; failed: boolean; isOver: boolean };

/**
 * Nothing this desk has seen matches: the active server's lists are read, intercom by intercom, and searched with the
 * rest. What it has no list of is said instead.
 */
export function AskServer({ isKey }: { isKey: boolean }) {
  const server = useActiveServer();
  return server === null ? null : <Ask key={server.id} server={server} isKey={isKey} />;
}

function Ask({ server, isKey }: { server: ServerView; isKey: boolean }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const away = server.lostAt === null ? null : t("search.askAway");
  // Whoever leaves the search, or types on, does not wait for the rest; nor is a server asked on that is away.
  const isLeft = useRef(false);
  const isAway = useLatest(() => away !== null);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  const lists = {
    keys: capability(server, "keys") !== "missing",
    flats: capability(server, "flats") !== "missing",
  };

  const ask = async () => {
    const known = await listIntercoms.run({ server: server.id }).catch(() => null);
    const intercoms = known?.intercoms ?? [];
    let failed = known === null;
    for (const [done, { id }] of intercoms.entries()) {
      if (isLeft.current) return;
      if (isAway()) return setAsking({ done, count: intercoms.length, failed: true, isOver: true });
      setAsking({ done, count: intercoms.length, failed, isOver: false });
      const request = { server: server.id, intercom: id };
      const answers = await Promise.allSettled([
        lists.keys ? loadKeys.run(request) : null,
        lists.flats ? loadFlats.run(request) : null,
      ]);
      failed ||= answers.some(({ status }) => status === "rejected");
      // What was just read is searched at once.
      await invalidate(client, ["keys", "flats"]);
    }
    setAsking({ done: intercoms.length, count: intercoms.length, failed, isOver: true });
  };

  if (server.admin === null) return <p>{t("search.askNeeds")}</p>;
  if (!lists.keys && !lists.flats) return <p>{t("search.cannotAsk")}</p>;
  if (isKey && !lists.keys) return <p>{t("search.cannotKeys")}</p>;
  const isAsking = asking !== null && !asking.isOver;
  return (
    <>
      <p role="status">
        {isAsking && t("search.asking", { done: asking.done, count: asking.count })}
        {asking?.isOver === true && t(asking.failed ? "search.askFailed" : "search.asked")}{" "}
        {!isAsking && away}
      </p>
      <Button look="primary" busy={isAsking} blocked={away} onClick={() => void ask()}>
        {t("search.ask")}
      </Button>
    </>
  );
}
