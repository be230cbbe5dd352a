import { useTranslation } from "react-i18next";
import type { ServerView } from "../../core/bindings/ServerView";
import { Note } from "../../parts/Note";

/** What whoever runs the server should know: what it means, and whom to tell. */
export function ServerWarnings({ server }: { server: ServerView }) {
  const { t } = useTranslation();
  return server.warnings.map((warning) => (
    <Note key={warning} tone="warn" title={t(`warnings.${warning}.title`)}>
      <p>{t(`warnings.${warning}.meaning`)}</p>
      <p>{t(`warnings.${warning}.next`)}</p>
    </Note>
  ));
}
