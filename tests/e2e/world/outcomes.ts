// Every kind of outcome as a person meets it: what the server does, where it is met, and what the window has to say.

import type { ParseKeys } from "i18next";
import { Key } from "selenium-webdriver";
import { expect } from "vitest";
import type { Found } from "./found";
import type { Here } from "./inWorld";
import type { Call, Fault } from "./server";

/** Where an outcome is met: a read of the list of flats or of one flat, or a write. */
export type Place = "flats" | "flat" | "line" | "code";

export type Outcome = {
  /** What the server does. */
  when: string;
  place: Place;
  fault: Fault;
  /** The code of the error, under which its texts stand. */
  code: string;
  /** Texts other than the code's own. */
  texts?: string;
  /** The status that belongs to the details. */
  status?: number;
  /** Text that stands with it. */
  detail?: ParseKeys;
  detailValues?: Record<string, string | number>;
  /** What the server itself says. */
  quote?: string;
};

const calls = {
  flats: "list_flats",
  flat: "get_flat",
  line: "switch_lines",
  code: "create_code_admin",
} as const satisfies Record<Place, Call>;

/** The outcomes that differ only in what the server does and what is said. */
export const outcomes: Outcome[] = [
  { when: "cuts the answer to a read short", place: "flats", fault: { kind: "truncate" }, code: "no_answer" },
  {
    when: "has trouble",
    place: "flats",
    fault: { kind: "status", status: 500 },
    code: "server_trouble",
    status: 500,
  },
  {
    when: "is behind a proxy that cannot reach it",
    place: "flats",
    fault: { kind: "bad_gateway" },
    code: "server_trouble",
    status: 502,
  },
  {
    when: "is being maintained",
    place: "flats",
    fault: { kind: "maintenance" },
    code: "server_trouble",
    texts: "maintenance",
    status: 503,
  },
  {
    when: "forbids a read",
    place: "flats",
    fault: { kind: "status", status: 403 },
    code: "forbidden",
    quote: "This action is unauthorized.",
  },
  {
    when: "has no licence for it",
    place: "flats",
    fault: { kind: "status", status: 402 },
    code: "licence_ended",
    quote: "The licence does not cover this.",
  },
  {
    when: "calls the program too old",
    place: "flats",
    fault: { kind: "status", status: 409 },
    code: "client_too_old",
    quote: "This version of the application is no longer supported.",
  },
  {
    when: "was asked too often",
    place: "flats",
    fault: { kind: "too_many_requests", retry_after: 40 },
    code: "rate_limited",
  },
  {
    when: "refuses without a reason of ours",
    place: "flats",
    fault: { kind: "status", status: 400 },
    code: "refused",
    status: 400,
    quote: "The panel does not answer.",
  },
  {
    when: "sends elsewhere",
    place: "flats",
    fault: { kind: "redirect", status: 302, location: "https://elsewhere.invalid/" },
    code: "refused",
    status: 302,
  },
  {
    when: "answers with a page",
    place: "flats",
    fault: { kind: "html" },
    code: "not_this_api",
    detail: "errors.answer.html",
  },
  {
    when: "answers with nothing",
    place: "flats",
    fault: { kind: "empty" },
    code: "not_this_api",
    detail: "errors.answer.empty",
  },
  {
    when: "answers something else",
    place: "flats",
    fault: { kind: "wrong_shape" },
    code: "not_this_api",
    detail: "errors.answer.shape",
  },
  {
    when: "answers without end",
    place: "flats",
    fault: { kind: "huge" },
    code: "not_this_api",
    detail: "errors.answer.too_large",
  },
  {
    when: "does not know a flat",
    place: "flat",
    fault: { kind: "status", status: 404 },
    code: "not_found",
    quote: "Not found.",
  },
  {
    when: "is not reached by a switch",
    place: "line",
    fault: { kind: "reset_before" },
    code: "write_unknown",
  },
  { when: "forbids a switch", place: "line", fault: { kind: "status", status: 403 }, code: "forbidden" },
  {
    // The panel behind the server may have failed halfway.
    when: "cannot say whether the panel took a switch",
    place: "line",
    fault: { kind: "status", status: 400 },
    code: "write_unknown",
    status: 400,
    detail: "errors.status",
    detailValues: { status: 400 },
  },
  {
    when: "sends a switch elsewhere",
    place: "line",
    fault: { kind: "redirect", status: 307, location: "https://elsewhere.invalid/" },
    code: "refused",
    status: 307,
  },
  {
    when: "has trouble with a code",
    place: "code",
    fault: { kind: "status", status: 500 },
    code: "write_unknown",
    status: 500,
    detail: "errors.status",
    detailValues: { status: 500 },
  },
  {
    when: "loses the answer to a code",
    place: "code",
    fault: { kind: "reset_after" },
    code: "write_unknown",
  },
  {
    // Told of a write: of reads the banner tells once, and what was last seen stays.
    when: "refuses connections",
    place: "code",
    fault: { kind: "refuse" },
    code: "never_reached",
    detail: "errors.reach.refused",
  },
];

const PLAN = "Piano tuner 987";

/** Lets the server do it, goes there, and returns the note that tells of it. */
async function meet(here: Here, { place, fault }: Outcome): Promise<Found> {
  const { app, person, world } = here;
  await world.server.clear();
  const always = place === "flats" || place === "flat";
  if (fault.kind === "refuse") await world.server.refuse();
  else await world.server.fault(calls[place], fault, always ? null : 1);
  switch (place) {
    case "flats": {
      const panel = app.byRole("region", person.t("flats.title"));
      await panel.byRole("button", person.t("common.refresh")).click();
      return panel.byRole("alert");
    }
    case "flat": {
      const filter = app.byRole("searchbox", person.t("flats.filter"));
      await filter.fill("17");
      await filter.press(Key.ENTER);
      return app.byRole("region", person.t("flats.flat", { number: "17" })).byRole("alert");
    }
    case "line": {
      await person.openFlat("12");
      await person.turn("analog");
      return person.aboutLine("analog").byRole("alert");
    }
    case "code": {
      await person.openFlat("14");
      await person.prepareCode(PLAN);
      await person.sendCodeForm();
      return app.byRole("region", person.t("issue.section")).byRole("alert");
    }
  }
}

/** Back to where the next outcome can be met, with nothing in the way. */
async function leave(here: Here, { place, fault }: Outcome): Promise<void> {
  const { app, person, world } = here;
  await world.server.clear();
  if (place === "flats") {
    const panel = app.byRole("region", person.t("flats.title"));
    await panel.byRole("button", person.t("common.refresh")).click();
    await panel.byRole("alert").gone();
    return;
  }
  if (fault.kind === "refuse") {
    const look = app.byRole("button", person.t("lost.lookNow"));
    await look.click();
    await look.gone();
  }
  if (place === "line") await person.aboutLine("analog").byRole("button", person.t("lines.dismiss")).click();
  await app.byRole("button", person.t("common.close")).click();
  await app.byRole("searchbox", person.t("flats.filter")).fill("");
}

/** Meets an outcome and looks at everything that has to be said of it. */
export async function expectTold(
  here: Here,
  outcome: Outcome,
  look: () => Promise<void> = async () => {},
): Promise<void> {
  const { person, world } = here;
  const host = new URL(world.server.address).host;
  const values = { host, status: outcome.status ?? "", account: person.t("accounts.admin.inText") };
  const words = (part: "title" | "safe" | "next") =>
    person.t(`errors.${outcome.texts ?? outcome.code}.${part}` as "errors.forbidden.title", values);

  const note = await meet(here, outcome);
  await note.reads(words("title"));
  await note.reads(words("safe"));
  await note.reads(words("next"));
  if (outcome.detail !== undefined)
    await note.reads(person.t(outcome.detail, outcome.detailValues ?? {}) as string);
  if (outcome.quote !== undefined) {
    await note.reads(person.t("errors.serverSays"));
    await note.reads(outcome.quote);
  }

  await look();
  // The details are for a maintainer: a code, a status and a trace, and nobody's data.
  const status = outcome.status === undefined ? "" : `status: ${outcome.status}\n`;
  const why = /^errors\.(?:reach|answer)\.(.+)$/u.exec(outcome.detail ?? "")?.[1];
  const time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
  expect(await person.copiedDetails(note)).toMatch(
    new RegExp(
      `^Gatehouse \\d+\\.\\d+\\.\\d+\ntime: ${time}\ncode: ${outcome.code}\n${why === undefined ? "" : `why: ${why}\n`}${status}trace: [0-9a-f]{8}\n(?:server: [\\d.]+\n)?$`,
      "u",
    ),
  );
  await leave(here, outcome);
}
