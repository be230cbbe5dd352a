import { errorWords } from "../../i18n/errorWords";
import { useTexts } from "../../i18n/texts";
import { isolated } from "../../parts/oneLine";
import { type LineSwitch, switchState } from "./lineSwitches";

/** What became of a switch, in one sentence. */
export function useSwitchWords(): (one: LineSwitch) => string {
  const { t } = useTexts();
  return (one) => {
    if (switchState(one) === "pending") return one.on ? t("lines.askingOn") : t("lines.askingOff");
    if (one.error !== null) return errorWords(t, one.error).title;
    if (one.answer === null) return "";
    const state = t(`lines.state.${one.answer.answered}`);
    if (one.answer.wrongFlat !== null) {
      return t("lines.wrongFlatShort", { flat: isolated(one.answer.wrongFlat) });
    }
    if (!one.answer.asAsked) {
      return t("lines.differs", { asked: t(`lines.state.${one.on ? "on" : "off"}`), answered: state });
    }
    if (one.answer.alsoChanged.length === 0) return t("lines.answered", { state });
    return t("lines.alsoChanged", {
      lines: one.answer.alsoChanged.map((line) => t(`lines.name.${line}`)).join(", "),
    });
  };
}
