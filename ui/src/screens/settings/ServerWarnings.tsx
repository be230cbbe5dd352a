import type { ServerView } from "../../core/bindings/ServerView";
import { useTexts } from "../../i18n/texts";
import { useTimeWords } from "../../i18n/time";
import { Note } from "../../parts/Note";

/** What whoever runs the server should know: what it means, and whom to tell. */
export function ServerWarnings({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const words = useTimeWords();
  const span = words.nearly(Math.abs(server.clockMinutes) * 60_000);
  return (
    <>
      {server.warnings.map((warning) => (
        <Note key={warning} tone="warn" title={t(`warnings.${warning}.title`)}>
          <p>{t(`warnings.${warning}.meaning`)}</p>
          <p>{t(`warnings.${warning}.next`)}</p>
        </Note>
      ))}
      {server.clockMinutes !== 0 && (
        <Note
          tone="warn"
          title={t(server.clockMinutes > 0 ? "warnings.clock.ahead" : "warnings.clock.behind", { span })}
        >
          <p>{t("warnings.clock.meaning")}</p>
          <p>{t("warnings.clock.next")}</p>
        </Note>
      )}
    </>
  );
}
