import { useState } from "react";
import type { Captcha } from "../../core/bindings/Captcha";
import type { CaptchaAnswer } from "../../core/bindings/CaptchaAnswer";
import type { CommandError } from "../../core/bindings/CommandError";
import { getCaptcha } from "../../core/bindings/commands";
import { useNow } from "../../core/now";
import { useWrite } from "../../core/useWrite";

type Shown = { picture: Captcha; since: number };
/** Why the person is asked (again). */
export type CaptchaReason = "first" | "wrong" | "ran_out" | "another" | "empty";

export type CaptchaState = {
  wanted: boolean;
  picture: Captcha | null;
  reason: CaptchaReason;
  pending: boolean;
  ranOut: boolean;
  error: CommandError | null;
  text: string;
  setText: (text: string) => void;
  /** Fetches a picture, for this reason. */
  ask: (reason: CaptchaReason) => void;
  /** No captcha is asked for any more. */
  drop: () => void;
  /** What goes with the sign-in; "not_yet" when the person has to look again first, and is then told why. */
  take: () => CaptchaAnswer | null | "not_yet";
};

/** The picture a sign-in may ask for. It runs out by the clock; a run-out one is replaced rather than sent. */
export function useCaptcha(server: string): CaptchaState {
  const load = useWrite(getCaptcha);
  const now = useNow();
  const [wanted, setWanted] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const [reason, setReason] = useState<CaptchaReason>("first");
  const [text, setText] = useState("");
  const endOf = (of: Shown) => of.since + of.picture.ttlSeconds * 1_000;

  const ask = (why: CaptchaReason) => {
    setWanted(true);
    setReason(why);
    setText("");
    const since = Date.now();
    void load.run({ server }).then((got) => {
      setShown(got.done ? { picture: got.answer, since } : null);
    });
  };
  return {
    wanted,
    picture: shown?.picture ?? null,
    reason,
    pending: load.pending,
    ranOut: shown !== null && !load.pending && endOf(shown) <= now,
    error: load.error,
    text,
    setText,
    ask,
    drop: () => {
      setWanted(false);
      setShown(null);
      setText("");
    },
    take: () => {
      if (!wanted) return null;
      if (shown === null || endOf(shown) <= Date.now()) {
        if (!load.pending) ask(shown === null ? "another" : "ran_out");
        return "not_yet";
      }
      if (text.trim() === "") {
        setReason("empty");
        return "not_yet";
      }
      return { key: shown.picture.key, text: text.trim() };
    },
  };
}
