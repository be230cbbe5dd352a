import type { TFunction } from "i18next";
import type { CodeRow } from "../../core/bindings/CodeRow";

/** Who made a code, in words. What an admin account made is in no resident's app. */
export function originName(t: TFunction, row: CodeRow): string {
  const byAdmin = row.origin === "elsewhere" && row.account === "admin";
  return t(`codes.originOf.${byAdmin ? "elsewhere_admin" : row.origin}`);
}
