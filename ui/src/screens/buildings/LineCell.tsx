import { Check, CircleHelp, LoaderCircle, TriangleAlert } from "lucide-react";
import type { LineName } from "../../core/bindings/LineName";
import type { LineState } from "../../core/bindings/LineState";
import { useTexts } from "../../i18n/texts";
import { isolated } from "../../parts/oneLine";
import { LineMark } from "../../parts/StateMark";
import styles from "./LineCell.module.css";
import { type LineSwitch, shownState, switchState } from "./lineSwitches";
import { useSwitchWords } from "./switchWords";

type LineCellProps = {
  number: string;
  line: LineName;
  known: LineState;
  one: LineSwitch | undefined;
  enabled: boolean;
  /** Why it cannot be switched at the moment. */
  blocked: string | null;
  onAct: () => void;
};

/** A line in a row: a switch that shows its state by shape and word, and beside it what the last switch came to. */
export function LineCell({ number, line, known, one, enabled, blocked, onAct }: LineCellProps) {
  const { t } = useTexts();
  const words = useSwitchWords();
  const shown = shownState(known, one);
  const name = t("lines.ofFlat", { line: t(`lines.name.${line}`), number: isolated(number) });
  const busy = one !== undefined && one.endedAt === null;
  const title = one === undefined ? name : `${name}: ${words(one)}`;
  if (!enabled) {
    return (
      <span className={styles.cell} title={title}>
        <LineMark short state={shown.state} />
      </span>
    );
  }
  const isUnknown = shown.state === "unknown";
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className={`${styles.switch} ${styles[shown.state]}`}
        {...(isUnknown
          ? { "aria-haspopup": "dialog" as const }
          : { role: "switch", "aria-checked": shown.state === "on" })}
        aria-label={isUnknown ? t("lines.unknownOfFlat", { line: name }) : name}
        aria-busy={busy || undefined}
        aria-disabled={blocked !== null || undefined}
        title={blocked === null ? title : `${title}. ${blocked}`}
        onClick={(event) => {
          event.stopPropagation();
          event.currentTarget.closest<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
          if (!busy) onAct();
        }}
      >
        <span className={styles.word}>{busy ? t("lines.busy") : t(`lines.short.${shown.state}`)}</span>
      </button>
      {one !== undefined && <Outcome one={one} words={words(one)} />}
    </>
  );
}

function Outcome({ one, words }: { one: LineSwitch; words: string }) {
  const state = switchState(one);
  const icons = {
    pending: LoaderCircle,
    done: Check,
    differs: TriangleAlert,
    lost: CircleHelp,
    stopped: TriangleAlert,
    failed: TriangleAlert,
  };
  const Icon = icons[state];
  return (
    <span className={`${styles.outcome} ${styles[state]}`} role="img" aria-label={words} title={words}>
      <Icon aria-hidden="true" size={14} />
    </span>
  );
}
