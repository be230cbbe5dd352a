import { useTranslation } from "react-i18next";
import type { RecordProblem } from "../core/bindings/RecordProblem";
import { Note } from "./Note";

/** Records that could not be read. The others are unharmed, and nobody has to guess what is missing. */
export function RecordProblems({ problems }: { problems: readonly RecordProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <Note tone="warn" title={t("problems.title", { count: problems.length })}>
      <ul>
        {problems.slice(0, 5).map((problem) => (
          <li key={`${problem.record} ${problem.field}`}>
            {problem.record} · {problem.field}: {t(`problems.${problem.problem}`)}
          </li>
        ))}
      </ul>
    </Note>
  );
}
