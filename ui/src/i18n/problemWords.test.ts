import { expect, test } from "vitest";
import type { RecordProblem } from "../core/bindings/RecordProblem";
import { createTexts } from "./i18n";
import { problemDetails, problemWords } from "./problemWords";

const PROBLEMS: [RecordProblem, string, string][] = [
  [
    { record: "data[50]", field: "id", problem: "id_out_of_range" },
    "record 51 in the list: its id cannot be used",
    "запись 51 в списке: номер записи не годится",
  ],
  [
    { record: "data[0].keys[1]", field: "id", problem: "id_missing" },
    "record 1 in the list, key 2: has no id",
    "запись 1 в списке, ключ 2: нет номера записи",
  ],
  [
    { record: "data[3]", field: "expired_at", problem: "unreadable" },
    "record 4 in the list, its end: cannot be read",
    "запись 4 в списке, срок: не удалось прочитать",
  ],
  [
    { record: "data[3]", field: "", problem: "not_an_object" },
    "record 4 in the list: is not a record",
    "запись 4 в списке: это не запись",
  ],
  [
    { record: "", field: "constructor", problem: "unreadable" },
    "“constructor”: cannot be read",
    "«constructor»: не удалось прочитать",
  ],
  [
    { record: "", field: "", problem: "line_conflict" },
    "this record: names of the same line disagree",
    "эта запись: названия одной линии противоречат друг другу",
  ],
];

test.each(PROBLEMS)("a bad record is named in words: %o", (problem, en, ru) => {
  expect(problemWords(createTexts()("en"), problem)).toBe(en);
  expect(problemWords(createTexts()("ru"), problem)).toBe(ru);
});

test("the exact place is kept for a maintainer", () => {
  expect(problemDetails(PROBLEMS.slice(0, 2).map(([problem]) => problem))).toBe(
    "data[50].id: id_out_of_range\ndata[0].keys[1].id: id_missing",
  );
});
