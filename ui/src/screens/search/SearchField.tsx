import { Search } from "lucide-react";
import {
  type FocusEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useShortcut } from "../../app/shortcuts";
import type { FoundKind } from "../../core/bindings/FoundKind";
import { useTexts } from "../../i18n/texts";
import { ErrorNote } from "../../parts/ErrorNote";
import { KeyHint } from "../../parts/KeyHint";
import { oneLine } from "../../parts/oneLine";
import { FoundList, optionId } from "./FoundList";
import { useFinding } from "./finding";
import { groupsOf, type Hit } from "./hits";
import { KeyRead, type Told } from "./KeyRead";
import { Nothing } from "./Nothing";
import styles from "./Search.module.css";
import { useWedge } from "./useWedge";

const OPEN_DIALOG = "[role=dialog], [role=alertdialog]";
/** What belongs to a dialog, and what guards the way out of it. */
const DIALOG = `${OPEN_DIALOG}, [data-base-ui-focus-guard]`;

export type SearchFieldProps = {
  onOpen: (hit: Hit, run: boolean) => void;
  /** The card of a hit is open. */
  isAnswering: boolean;
  /** A key that was read is looked up: a card that is open makes place. */
  onLookUp: () => void;
};

/**
 * The one field that finds everything this desk has seen: typing finds, Enter answers with the card of what was found,
 * Ctrl/Cmd+Enter (`run`) goes on to the first thing that can be done about it. It changes nothing anywhere.
 */
export function SearchField({ onOpen, isAnswering, onLookUp }: SearchFieldProps) {
  const { t } = useTexts();
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [more, setMore] = useState<FoundKind | null>(null);
  // Enter before the answer: opened as soon as it is known what that is.
  const [entered, setEntered] = useState<"open" | "run" | "key" | null>(null);
  // What was read and is not looked up, or not yet: while a dialog was open, or no key.
  const [read, setRead] = useState<Told | null>(null);
  const typed = text.trim();
  const isAsking = isOpen && typed !== "";
  const { shown, shownFor, isAnswer, error, ask } = useFinding(isAsking ? typed : null, more);
  const groups = useMemo(() => groupsOf(shown, more), [shown, more]);
  const hits = groups.flatMap((group) => group.hits.map(({ hit }) => hit));
  const at = Math.min(active, hits.length - 1);
  const isListed = isAsking && hits.length > 0;

  const focus = () => {
    field.current?.focus();
    field.current?.select();
  };
  useShortcut("mod+k", t("keys.search"), focus);
  useShortcut("mod+f", t("keys.find"), focus, true, "fallback");

  const open = (index: number, run: boolean) => {
    const hit = hits[index];
    if (hit === undefined) return;
    if (hit.kind === "more") return setMore(hit.of);
    setOpen(false);
    setEntered(null);
    // The card gives the focus back to the field; what is gone to takes it.
    if (run) leave(null);
    onOpen(hit, run);
  };
  const latestOpen = useRef(open);
  useEffect(() => {
    latestOpen.current = open;
  });
  const openPressed = useCallback((index: number) => latestOpen.current(index, false), []);
  useEffect(() => {
    if (entered === null || !isAnswer) return;
    setEntered(null);
    if (entered !== "key") return open(at, entered === "run");
    const keys = hits.filter(({ kind }) => kind === "key");
    // Several may be meant: the person says which.
    if (keys[0] !== undefined && keys.length === 1) open(hits.indexOf(keys[0]), false);
  });
  const lookUp = (key: string) => {
    setRead(null);
    onLookUp();
    field.current?.focus();
    type(key);
    setEntered("key");
  };
  useWedge((key) => {
    const dialogs = document.querySelectorAll(OPEN_DIALOG).length;
    if (key === null || dialogs > (isAnswering ? 1 : 0)) setRead({ key });
    else lookUp(key);
  });
  const wasAt = useRef(0);
  useEffect(() => {
    if (!isListed) return;
    // The first is in sight where none was gone to: to look after that would lay the list out before its time.
    const isThere = at === 0 && wasAt.current === 0;
    wasAt.current = at;
    if (!isThere) document.getElementById(optionId(id, at))?.scrollIntoView({ block: "nearest" });
  }, [id, isListed, at]);

  const type = (next: string) => {
    ask(next.trim());
    setText(next);
    setOpen(true);
    setActive(0);
    setMore(null);
    setEntered(null);
  };
  const close = () => {
    setOpen(false);
    leave(cameFrom.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The card is there and about to take the focus: the key is meant for it.
    if (isAnswering) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.nativeEvent.isComposing || event.altKey || (isCommand && event.key !== "Enter")) return;
    const to = moved(event, at, hits.length);
    if (event.key === "Enter") {
      if (!isAsking) return;
      if (isAnswer) open(at, isCommand);
      else setEntered(isCommand ? "run" : "open");
    } else if (event.key === "Escape") {
      if (text === "") close();
      else type("");
    } else if (to !== null && isListed) {
      setActive(to);
    } else return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const from = event.relatedTarget;
    const isOutside = from instanceof HTMLElement && whole.current?.contains(from) !== true;
    // Whoever comes back from a card is not there for the first time.
    if (isOutside && from.closest(DIALOG) === null) cameFrom.current = from;
    setOpen(true);
  };
  const onBlur = (event: FocusEvent) => {
    if (whole.current?.contains(event.relatedTarget) === true) return;
    setOpen(false);
    setEntered(null);
  };

  return (
    <>
      <KeyRead read={read} onLookUp={lookUp} onClose={() => setRead(null)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape from the button inside belongs to the field, too */}
      <div
        ref={whole}
        className={styles.search}
        onFocus={onFocus}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.defaultPrevented) return;
          event.preventDefault();
          field.current?.focus();
        }}
      >
        <Search aria-hidden="true" size={16} />
        <input
          ref={field}
          className={styles.field}
          type="text"
          role="combobox"
          aria-label={t("search.label")}
          aria-autocomplete="list"
          aria-expanded={isListed}
          aria-controls={isListed ? `${id}-list` : undefined}
          aria-activedescendant={isListed ? optionId(id, at) : undefined}
          aria-busy={(isAsking && !isAnswer && error === null) || undefined}
          placeholder={t("search.placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className={styles.hint}>{isListed ? <Opens /> : text === "" && <KeyHint keys="/" />}</span>
        {isAsking && (isListed || isAnswer || error !== null) && (
          // biome-ignore lint/a11y/noStaticElementInteractions: pressed anywhere in here, the field keeps the focus
          <div className={styles.answer} onMouseDown={(event) => event.preventDefault()}>
            {error !== null && <ErrorNote error={error} />}
            {isListed && shown?.readAs != null && (
              <p className={styles.readAs} role="status">
                {t("search.readAs", { text: oneLine(shown.readAs) })}
              </p>
            )}
            {isListed && (
              <FoundList id={id} question={shownFor} groups={groups} at={at} onOpen={openPressed} />
            )}
            {isAnswer && hits.length === 0 && <Nothing typed={typed} results={shown} onLeave={close} />}
            {isListed && (
              <p className="visually-hidden" role="status">
                {isAnswer &&
                  t(shown?.more.length === 0 ? "search.count" : "search.countMore", {
                    count: hits.filter(({ kind }) => kind !== "more").length,
                  })}
              </p>
            )}
          </div>
        )}
      </div>
    </>
  );
}

function Opens() {
  const { t } = useTexts();
  return (
    <span className={styles.opens} aria-hidden="true">
      <KeyHint keys="enter" /> {t("search.opens")}
    </span>
  );
}

/** Which hit a key leads to from this one; null where it leads to none. */
function moved(event: KeyboardEvent, at: number, count: number): number | null {
  if (event.shiftKey) return null;
  switch (event.key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** The focus goes where it came from, or to the screen where that is gone. */
function leave(to: HTMLElement | null) {
  const place = to?.isConnected === true ? to : document.querySelector<HTMLElement>("main");
  place?.focus({ preventScroll: true });
}
