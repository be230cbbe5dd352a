import type { CodeRow } from "../core/bindings/CodeRow";
import type { FlatDetail } from "../core/bindings/FlatDetail";
import type { IntercomRow } from "../core/bindings/IntercomRow";
import type { KeyOwner } from "../core/bindings/KeyOwner";
import type { LineState } from "../core/bindings/LineState";

const MINUTE = 60_000;
const NAMES = [
  "Семёнова Алёна",
  "Иванов Пётр",
  "O’Brien, Siobhán",
  "Müller Jürgen",
  "Ёлкин Ян",
  "van der Berg-Константинопольская Ольга",
  "Кузнецова Ольга Ивановна",
  "Smith, John",
];

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

export type FakeBuilding = { intercoms: IntercomRow[]; flats: FlatDetail[]; codes: CodeRow[] };

/** An intercom of which nothing is known but its record id. */
export function bareIntercom(id: number, more: Partial<IntercomRow> = {}): IntercomRow {
  return {
    id,
    title: null,
    address: null,
    entrance: null,
    online: null,
    onlineAt: null,
    shortName: String(id),
    isShortNameChosen: false,
    mac: null,
    flats: null,
    added: false,
    confirmedAt: ago(2),
    ...more,
  };
}

/** The same building every time, with the awkward records a real one has. */
export function makeBuilding(): FakeBuilding {
  const intercom = (id: number, title: string, online: boolean | null) =>
    bareIntercom(id, {
      title,
      online,
      address: "ул. Ленина, 12",
      onlineAt: online === null ? null : ago(3),
    });
  return {
    intercoms: [
      intercom(1, "Подъезд 1", true),
      intercom(2, "Подъезд 2", true),
      intercom(3, "Калитка со стороны детской площадки", false),
      intercom(4, "Паркинг", null),
    ],
    flats: Array.from({ length: 240 }, (_, index) => makeFlat(index)),
    codes: makeCodes(),
  };
}

function makeFlat(index: number): FlatDetail {
  const line = (salt: number): LineState => {
    const state = (["on", "on", "off", "unknown"] as const)[(index * 7 + salt) % 4] ?? "on";
    return { state, confirmedAt: state === "unknown" ? null : ago(2 + (index % 5)) };
  };
  const person = (serial: number) => NAMES[(index + serial) % NAMES.length] ?? null;
  const owner = (serial: number): KeyOwner =>
    serial === 2
      ? { kind: "nobody" }
      : serial === 3
        ? { kind: "unknown" }
        : { kind: "user", id: serial + 1, name: person(serial), login: null };
  return {
    id: 500 + index,
    number: String((index % 120) + 1),
    intercom: index < 120 ? 1 : 2,
    goneAt: null,
    keys: Array.from({ length: index % 5 }, (_, serial) => ({
      id: index * 10 + serial,
      key:
        serial === 3
          ? `14ec${String(index).padStart(4, "0")}`
          : `0000003${String(index).padStart(3, "0")}CAA${serial}`.toUpperCase(),
      owner: owner(serial),
    })),
    residents: Array.from({ length: index % 4 }, (_, serial) => ({
      id: index * 10 + serial,
      name: person(serial),
      login: `resident${index}${serial}@mail.example`,
      validUntil: serial === 1 ? "2025-11-11T00:00:00Z" : null,
      validity: serial === 1 ? ("expired" as const) : ("valid" as const),
    })),
    keysAt: ago(2 + (index % 5)),
    residentsAt: ago(2 + (index % 5)),
    lines: { analog: line(0), smartphone: line(1), landline: line(3) },
    confirmedAt: ago(2 + (index % 5)),
    problems: [],
  };
}

function makeCodes(): CodeRow[] {
  const row = (serial: number, title: string, minutes: number, more: Partial<CodeRow>): CodeRow => ({
    key: `code-${serial}`,
    id: serial,
    code: String(4417 + serial * 11_713).padStart(5, "0"),
    title,
    intercom: 2,
    intercomTitle: "Подъезд 2",
    flatNumber: null,
    until: new Date(Date.now() + minutes * MINUTE).toISOString(),
    removedAt: null,
    createdAt: new Date(Date.now() - 30 * MINUTE).toISOString(),
    state: minutes > 0 ? "live" : "ended",
    origin: "elsewhere",
    account: more.flatNumber === undefined ? "client" : "admin",
    askedFlat: null,
    deletion: "possible",
    ...more,
  });
  return [
    row(0, "Гость 4", 40, {
      code: null,
      id: null,
      state: "unresolved",
      origin: "desk_unlisted",
      flatNumber: "103",
      deletion: "nothing_known",
    }),
    row(1, "Anna", 80, { origin: "desk_unlisted", flatNumber: "12" }),
    row(2, "Plumber", 8, {
      origin: "desk_unlisted",
      flatNumber: "7",
      intercom: 1,
      intercomTitle: "Подъезд 1",
      code: "04417",
    }),
    row(3, "Visitor 1", 19 * 60, { intercom: 3, intercomTitle: "Калитка со стороны детской площадки" }),
    row(4, "Уборка подъезда после ремонта лифта и лестничных площадок", 6 * 24 * 60, {
      origin: "desk_listed",
    }),
    row(5, "Courier", -120, {
      origin: "desk_unlisted",
      flatNumber: "31",
      removedAt: new Date(Date.now() + 22 * 60 * MINUTE).toISOString(),
    }),
    row(6, "Visitor 2", -900, {}),
  ];
}
