import { useTranslation } from "react-i18next";
import { useAppState } from "../core/useAppState";
import { Banner } from "../parts/Banner";

/** What this desk remembers is lost with the program, or the record of its earlier requests is not at hand. */
export function MemoryBanner() {
  const { t } = useTranslation();
  const { keyring, memory } = useAppState();
  if (memory === "kept" || memory === "this_run") return null;
  // Without a keyring there is a banner already, and it says so, too.
  if (memory === "no_keyring" && keyring !== "available") return null;
  return <Banner title={t(`memory.${memory}.title`)}>{t(`memory.${memory}.text`)}</Banner>;
}
