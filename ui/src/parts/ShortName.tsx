import { useTexts } from "../i18n/texts";
import { isolated } from "./oneLine";
import { Tag } from "./Tag";

/** What an intercom is called for short, as it is typed before a flat's number. */
export function ShortName({ children }: { children: string }) {
  const { t } = useTexts();
  return (
    <Tag>
      <span className="visually-hidden">{t("intercoms.shortName")} </span>
      {isolated(children)}
    </Tag>
  );
}
