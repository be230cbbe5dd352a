import { Copy } from "lucide-react";
import { copyText } from "../core/bindings/commands";
import type { RecordProblem } from "../core/bindings/RecordProblem";
import { useWrite } from "../core/useWrite";
import { errorWords } from "../i18n/errorWords";
import { problemDetails, problemWords } from "../i18n/problemWords";
import { useTexts } from "../i18n/texts";
import { Button } from "./Button";
import { Note } from "./Note";

/** Records that could not be read. The others are unharmed, and nobody has to guess what is missing. */
export function RecordProblems({ problems }: { problems: readonly RecordProblem[] }) {
  const { t } = useTexts();
  const copy = useWrite(copyText);
  if (problems.length === 0) return null;
  return (
    <Note tone="warn" title={t("problems.title", { count: problems.length })}>
      <ul>
        {problems.slice(0, 5).map((problem) => (
          <li key={`${problem.record} ${problem.field} ${problem.problem}`}>{problemWords(t, problem)}</li>
        ))}
      </ul>
      <Button
        look="quiet"
        icon={<Copy aria-hidden="true" />}
        onClick={() => void copy.run({ text: problemDetails(problems) })}
      >
        {copy.done ? t("common.copied") : t("common.copyDetails")}
      </Button>
      {copy.error !== null && <p>{errorWords(t, copy.error).title}</p>}
    </Note>
  );
}
