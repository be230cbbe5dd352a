import type { CodeRow } from "../core/bindings/CodeRow";
import type { CodesDeleted } from "../core/bindings/CodesDeleted";
import type { DeleteCodes } from "../core/bindings/DeleteCodes";
import type { IssueCode } from "../core/bindings/IssueCode";
import type { IssuedCode } from "../core/bindings/IssuedCode";
import type { ListCodes } from "../core/bindings/ListCodes";

type Handler = (request: never) => unknown;

/** What the fake core answers about visitor codes. `codes` is changed in place: tests look into it. */
export function codeHandlers(codes: CodeRow[]): Record<string, Handler> {
  const remove = (key: string) => {
    const at = codes.findIndex((row) => row.key === key);
    if (at >= 0) codes.splice(at, 1);
  };
  return {
    issue_code: (request: IssueCode) => {
      const issued = issue(request, codes.length);
      codes.unshift(issued.row);
      return issued;
    },
    load_codes: () => ({
      listing: "complete",
      adminListing: "not_offered",
      confirmedAt: new Date().toISOString(),
      problems: [],
    }),
    list_codes: (request: ListCodes) => listCodes(codes, request),
    copy_code: () => null,
    copy_text: () => null,
    settle_code: (request: { key: string }) => {
      remove(request.key);
      return null;
    },
    delete_codes: (request: DeleteCodes): CodesDeleted => ({
      results: request.keys.map((key) => {
        const row = codes.find((each) => each.key === key);
        remove(key);
        return { key, title: row?.title ?? "", outcome: "deleted", error: null };
      }),
    }),
  };
}

function listCodes(codes: CodeRow[], request: ListCodes) {
  const count = (state: CodeRow["state"]) => codes.filter((row) => row.state === state).length;
  const search = request.search.toLowerCase();
  const rows = codes
    .filter((row) => request.filter === "all" || row.state === request.filter)
    .filter((row) =>
      `${row.code} ${row.title} ${row.flatNumber} ${row.intercomTitle}`.toLowerCase().includes(search),
    );
  return {
    total: rows.length,
    offset: request.offset,
    rows: rows.slice(request.offset, request.offset + request.limit),
    counts: {
      all: codes.length,
      live: count("live"),
      ended: count("ended"),
      unresolved: count("unresolved"),
    },
    listedAt: new Date().toISOString(),
  };
}

function issue(request: IssueCode, serial: number): IssuedCode {
  const end =
    request.until.kind === "minutes"
      ? new Date(Date.now() + request.until.minutes * 60_000)
      : new Date(request.until.dateTime);
  return {
    row: {
      key: `issued-${serial}`,
      id: 900 + serial,
      code: "93552",
      title: request.title,
      intercom: request.intercom,
      intercomTitle: null,
      flatNumber: request.flat?.number ?? null,
      until: end.toISOString(),
      removedAt: null,
      createdAt: new Date().toISOString(),
      state: "live",
      origin: request.flat === null ? "desk_listed" : "desk_unlisted",
      account: request.flat === null ? "client" : "admin",
      askedFlat: null,
      deletion: "possible",
    },
    difference: null,
    copied: true,
  };
}
