import { useAppState } from "../core/useAppState";
import { useTexts } from "../i18n/texts";
import { Banner } from "../parts/Banner";

/** What this desk remembers is lost with the program, or the record of its earlier requests is not at hand. */
export function MemoryBanner() {
  const { t } = useTexts();
  const { keyring, memory } = useAppState();
  if (memory === "kept" || memory === "this_run") return null;
  // Without a keyring there is a banner already, and it says so, too.
  if (memory === "no_keyring" && keyring !== "available") return null;
  return <Banner title={t(`memory.${memory}.title`)}>{t(`memory.${memory}.text`)}</Banner>;
}
