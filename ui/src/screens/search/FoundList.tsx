import { memo } from "react";
import { useTexts } from "../../i18n/texts";
import { HitLine } from "./HitLine";
import type { Hit, HitGroup, More } from "./hits";
import styles from "./Search.module.css";

type FoundListProps = {
  /** Of the list; an option's is this and its place. */
  id: string;
  groups: readonly HitGroup[];
  /** The place of the hit that Enter opens. */
  at: number;
  onOpen: (index: number) => void;
};

/** The name of an option, by its place. */
export const optionId = (id: string, index: number) => `${id}-${index}`;

/** What was found, kind by kind. Drawn anew for another answer or choice only: not for every key that is pressed. */
export const FoundList = memo(function FoundList({ id, groups, at, onOpen }: FoundListProps) {
  const { t } = useTexts();
  return (
    <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={t("search.found")}>
      {groups.map(({ name, isCut, hits }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
          <p className={styles.heading} id={`${id}-${name}`} role="presentation">
            {t(`search.group.${name}`)}
            {isCut && (
              <span className={styles.first8}>
                {" "}
                · {t("search.best", { most: hits.filter(({ hit }) => hit.kind !== "more").length })}
              </span>
            )}
          </p>
          {hits.map(({ hit, index }) => (
            <Option key={index} id={id} hit={hit} index={index} isChosen={index === at} onOpen={onOpen} />
          ))}
        </div>
      ))}
    </div>
  );
});

type OptionProps = {
  id: string;
  hit: Hit | More;
  index: number;
  isChosen: boolean;
  onOpen: (index: number) => void;
};

const Option = memo(function Option({ id, hit, index, isChosen, onOpen }: OptionProps) {
  const { t } = useTexts();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
    <div
      id={optionId(id, index)}
      className={styles.option}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      onClick={() => onOpen(index)}
    >
      {hit.kind === "more" ? t("search.showMore") : <HitLine hit={hit} />}
    </div>
  );
});
