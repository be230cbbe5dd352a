import { useEffect, useRef, useState } from "react";
import { copyCode, copyText } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { abilities } from "../../core/useAppState";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { ErrorNote } from "../../parts/ErrorNote";
import { NeedsAccount } from "../../parts/NeedsAccount";
import { Note } from "../../parts/Note";
import { isolated } from "../../parts/oneLine";
import { ReadProblem } from "../../parts/ReadProblem";
import { useAway } from "../../parts/useAway";
import type { Goal } from "../search/goal";
import { HitLine } from "../search/HitLine";
import styles from "./Answer.module.css";
import { AnswerAge, expiredAt } from "./AnswerAge";
import { AnswerFlat } from "./AnswerFlat";
import { type Action, actionsOf, flatOf, writes } from "./actions";
import type { Card } from "./answering";
import { useAnswer } from "./useAnswer";
import { usePlace, useTitle } from "./words";

type AnswerCardProps = {
  card: Card;
  /** The active server, whose hit this is. */
  server: ServerView;
  onGo: (goal: Goal) => void;
  onClose: () => void;
};

/**
 * What one hit stands for: where it is, what belongs to it and how old each part is, and what can be done. It writes
 * nothing itself: its actions lead to the forms that ask.
 */
export function AnswerCard({ card, server, onGo, onClose }: AnswerCardProps) {
  const { t } = useTexts();
  const { hit } = card;
  const { answer, wasRead, error, retry } = useAnswer(server, hit);
  const actions = actionsOf(hit, server, answer);
  const away = useAway(server.id);
  const blocked = (action: Action) => (writes(action) ? away : null);
  const expired = expiredAt(server);
  const copy = useCopying(card, server.id);
  const first = useRef<HTMLButtonElement>(null);
  // The focus goes back to the search unless an action leads elsewhere.
  const isGoing = useRef(false);
  const flat = flatOf(hit);
  const title = useTitle(hit, answer);
  const place = usePlace(hit, answer);

  // What was pressed and cannot be done now: said where nobody has to point at it.
  const [refused, setRefused] = useState<Action["name"] | null>(null);
  const why = actions.filter(({ name }) => name === refused).map(blocked)[0] ?? null;

  const run = (action: Action | undefined) => {
    if (action === undefined) return;
    if (blocked(action) !== null) return setRefused(action.name);
    setRefused(null);
    if ("goal" in action) {
      isGoing.current = true;
      onGo(action.goal);
    } else copy.run();
  };
  const runsAtOnce = useRef(card.run);
  useEffect(() => {
    if (runsAtOnce.current) run(actions[0]);
    runsAtOnce.current = false;
  });

  return (
    <Dialog
      open
      wide
      crossed
      title={title}
      description={place}
      initialFocus={first}
      finalFocus={() => !isGoing.current}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key of the first action works from anywhere in the card */}
      <div
        className={`${styles.card} ${away !== null || expired.length > 0 ? styles.old : ""}`}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run(actions[0]);
        }}
      >
        {card.isSwitched && (
          <Note tone="good">{t("answer.switched", { server: isolated(server.name) })}</Note>
        )}
        {hit.kind !== "flat" && hit.kind !== "intercom" && (
          <div className={styles.found}>
            <HitLine hit={hit} />
          </div>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields */}
        <div className={styles.actions} role="group" aria-label={t("answer.actions")}>
          {actions.map((action, index) => (
            <Button
              key={action.name}
              ref={index === 0 ? first : null}
              look={index === 0 ? "primary" : "plain"}
              {...(index === 0 ? { keyHint: "mod+enter" } : {})}
              blocked={blocked(action)}
              onBlocked={() => run(action)}
              onClick={() => run(action)}
            >
              {t(`answer.action.${action.name}`)}
            </Button>
          ))}
        </div>
        <p className={styles.said} role="status">
          {why ?? (copy.done && t("answer.copied"))}
        </p>
        {copy.error !== null && <ErrorNote error={copy.error} />}
        <AnswerAge server={server} />
        {flat !== null && !abilities(server).codeForFlat && (
          <NeedsAccount server={server} account="admin" why={t("issue.needsAdmin")} />
        )}
        {flat !== null && <AnswerFlat server={server.id} hit={hit} answer={answer} wasRead={wasRead} />}
        {error !== null && !(error.code === "signed_out" && expired.length > 0) && (
          <ReadProblem remembered error={error} server={server} onRetry={retry} />
        )}
      </div>
    </Dialog>
  );
}

/** Puts the key or the code of a hit on the clipboard. */
function useCopying({ hit }: Card, server: string) {
  const text = useWrite(copyText);
  const code = useWrite(copyCode);
  return {
    run: () => {
      if (hit.kind === "key") void text.run({ text: hit.of.key.key });
      if (hit.kind === "code") void code.run({ server, key: hit.of.code.key });
    },
    done: text.done || code.done,
    error: text.error ?? code.error,
  };
}
