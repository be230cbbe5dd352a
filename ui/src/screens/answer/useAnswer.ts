import { useEffect, useState } from "react";
import { getAnswer, loadCodes, loadFlat } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useRead } from "../../core/useRead";
import { CLOCK } from "../codes/openedCode";
import type { Hit } from "../search/hits";
import { flatOf } from "./actions";

/**
 * What is known of a hit: at once what the core remembers, and in its place what the server says of the flat and of the
 * codes, as each of them answers.
 */
export function useAnswer(server: ServerView, hit: Hit) {
  const flat = flatOf(hit);
  const at = hit.of.at.intercom;
  const intercom = at ?? 0;
  // A code names its flat by the number: the record is known once the core has answered.
  const [id, setId] = useState(flat?.id ?? null);
  const load = useRead(
    loadFlat,
    { server: server.id, intercom, flat: id ?? 0 },
    { enabled: at !== null && id !== null && server.admin !== null },
  );
  const codes = useRead(loadCodes, { server: server.id }, { enabled: flat !== null || hit.kind === "code" });
  const known = useRead(
    getAnswer,
    {
      ...{ server: server.id, intercom, flat: flat?.id ?? null, number: flat?.number ?? null },
      code: hit.kind === "code" ? hit.of.code.key : null,
    },
    {
      ...{ enabled: at !== null, after: load.dataUpdatedAt + codes.dataUpdatedAt },
      ...{ every: CLOCK, keepPrevious: true },
    },
  );
  const found = known.data?.flat?.id ?? null;
  useEffect(() => {
    if (found !== null) setId(found);
  }, [found]);
  return {
    answer: known.data,
    /** The server has told of this flat since the card was opened. */
    wasRead: load.data !== undefined,
    isReading: load.isFetching || codes.isFetching,
    error: known.error ?? load.error ?? codes.error,
    retry: () => {
      if (load.error !== null) void load.refetch();
      if (codes.error !== null) void codes.refetch();
    },
  };
}
