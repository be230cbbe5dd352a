import { memo, useEffect, useRef, useState } from "react";
import { useTexts } from "../../i18n/texts";
import { HitLine } from "./HitLine";
import type { Hit, HitGroup, More } from "./hits";
import styles from "./Search.module.css";

type FoundListProps = {
  /** Of the list; an option's is this and its place. */
  id: string;
  /** What this was found for. */
  question: string;
  groups: readonly HitGroup[];
  /** The place of the hit that Enter opens. */
  at: number;
  onOpen: (index: number) => void;
};

/** The name of an option, by its place. */
export const optionId = (id: string, index: number) => `${id}-${index}`;

/** The height of an option in pixels, or less, and what the window has above and below them. */
const OPTION = 44;
const AROUND = 104;

/**
 * What was found, kind by kind. Drawn anew for another answer or choice only: not for every key that is pressed; and only as
 * far as the window goes until somebody goes further, as a first letter finds twice as much as can be seen.
 */
export const FoundList = memo(function FoundList({ id, question, groups, at, onOpen }: FoundListProps) {
  const { t } = useTexts();
  // The question somebody went further for. An answer that is read anew meanwhile is not cut again.
  const [whole, setWhole] = useState<string | null>(null);
  const count = groups.reduce((sum, group) => sum + group.hits.length, 0);
  const inSight = Math.ceil(Math.max(0, window.innerHeight - AROUND) / OPTION);
  if (whole !== question && at >= inSight - 1) setWhole(question);
  const drawn = whole === question ? count : Math.min(count, inSight);
  return (
    <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={t("search.found")}>
      {groups
        .filter(({ hits }) => hits[0] !== undefined && hits[0].index < drawn)
        .map(({ name, isCut, hits }) => (
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
            {hits
              .filter(({ index }) => index < drawn)
              .map(({ hit, index }) => (
                <Option
                  key={index}
                  id={id}
                  hit={hit}
                  index={index}
                  count={count}
                  isChosen={index === at}
                  onOpen={onOpen}
                />
              ))}
          </div>
        ))}
      {drawn < count && <Rest height={(count - drawn) * OPTION} onSight={() => setWhole(question)} />}
    </div>
  );
});

/** The place of what is not drawn yet, and notices when it comes into sight. */
function Rest({ height, onSight }: { height: number; onSight: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onSight);
  useEffect(() => {
    latest.current = onSight;
  });
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) latest.current();
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={place} style={{ height }} aria-hidden="true" />;
}

type OptionProps = {
  id: string;
  hit: Hit | More;
  index: number;
  /** Of all options, drawn or not. */
  count: number;
  isChosen: boolean;
  onOpen: (index: number) => void;
};

const Option = memo(function Option({ id, hit, index, count, isChosen, onOpen }: OptionProps) {
  const { t } = useTexts();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
    <div
      id={optionId(id, index)}
      className={styles.option}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-setsize={count}
      aria-posinset={index + 1}
      onClick={() => onOpen(index)}
    >
      {hit.kind === "more" ? t("search.showMore") : <HitLine hit={hit} />}
    </div>
  );
});
