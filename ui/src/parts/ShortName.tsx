import { useTranslation } from "react-i18next";
import { isolated } from "./oneLine";
import { Tag } from "./Tag";

/** What an intercom is called for short, as it is typed before a flat's number. */
export function ShortName({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <Tag>
      <span className="visually-hidden">{t("intercoms.shortName")} </span>
      {isolated(children)}
    </Tag>
  );
}
