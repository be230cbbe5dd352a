import type { Answer } from "../../core/bindings/Answer";
import { useTexts } from "../../i18n/texts";
import { isolated } from "../../parts/oneLine";
import type { Hit } from "../search/hits";
import { flatOf } from "./actions";

/** What the card is about: the flat, or where there is none, what was found. */
export function useTitle(hit: Hit, answer: Answer | undefined): string {
  const { t } = useTexts();
  const flat = flatOf(hit);
  const number = answer?.flat?.number ?? flat?.number ?? null;
  if (flat !== null)
    return number === null ? t("search.flat") : t("flats.flat", { number: isolated(number) });
  switch (hit.kind) {
    case "key":
      return t("fobs.row", { key: isolated(hit.of.key.key) });
    case "code":
      return isolated(hit.of.code.title);
    case "person":
      return isolated(hit.of.name ?? hit.of.login ?? t("flats.unnamed", { id: hit.of.id }));
    default:
      return isolated(
        answer?.intercom?.title ??
          hit.of.at.intercomTitle ??
          t("intercoms.onlyId", { id: hit.of.at.intercom }),
      );
  }
}

/** Which door it is at. */
export function usePlace(hit: Hit, answer: Answer | undefined): string {
  const { t } = useTexts();
  const { at } = hit.of;
  const known = answer?.intercom;
  const title = known?.title ?? at.intercomTitle;
  const entrance = known?.entrance ?? at.entrance;
  const shortName = known?.shortName ?? at.shortName;
  return [
    shortName,
    hit.kind === "intercom"
      ? null
      : (title ?? (at.intercom === null ? null : t("intercoms.onlyId", { id: at.intercom }))),
    known?.address ?? at.address,
    entrance === null ? null : t("intercoms.entrance", { entrance }),
  ]
    .filter((part) => part !== null)
    .map(isolated)
    .join(" · ");
}
