import type { TFunction } from "i18next";
import type { RecordProblem } from "../core/bindings/RecordProblem";
import en from "./en.json";

type Inside = keyof typeof en.problems.inside;
type Field = keyof typeof en.problems.field;

/** What is wrong with a record and which one it is, counted as a person counts: "record 51 in the list, key 2: has no id". */
export function problemWords(t: TFunction, { record, field, problem }: RecordProblem): string {
  const listed = /^(?:data)?\[(\d+)\]\.?/u.exec(record);
  const inside = record
    .slice(listed?.[0].length ?? 0)
    .split(".")
    .filter((step) => step !== "")
    .map((step) => insideWords(t, step));
  const place = [
    ...(listed === null ? [] : [t("problems.record", { number: Number(listed[1]) + 1 })]),
    ...inside,
    // An id is named by what is wrong with it, and so is a line.
    ...(field === "" || field === "id" || problem === "line_conflict" ? [] : [fieldWords(t, field)]),
  ];
  const where = place.length === 0 ? t("problems.thisRecord") : place.join(", ");
  return t("problems.told", { where, problem: t(`problems.${problem}`) });
}

/** The exact places, for a maintainer: paths and kinds, nobody's data. */
export function problemDetails(problems: readonly RecordProblem[]): string {
  return problems
    .map(({ record, field, problem }) => `${[record, field].filter(Boolean).join(".")}: ${problem}`)
    .join("\n");
}

function insideWords(t: TFunction, step: string): string {
  const [, name = step, index] = /^(.*?)(?:\[(\d+)\])?$/u.exec(step) ?? [];
  const number = index === undefined ? "" : String(Number(index) + 1);
  if (!Object.hasOwn(en.problems.inside, name)) return t("problems.other", { name, number }).trim();
  return t(`problems.inside.${name as Inside}`, { number });
}

function fieldWords(t: TFunction, field: string): string {
  if (!Object.hasOwn(en.problems.field, field))
    return t("problems.other", { name: field, number: "" }).trim();
  return t(`problems.field.${field as Field}`);
}
