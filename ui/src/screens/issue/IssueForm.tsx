import { valibotResolver } from "@hookform/resolvers/valibot";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import type { CommandError } from "../../core/bindings/CommandError";
import { useWrites } from "../../core/CoreProvider";
import { useAppState } from "../../core/useAppState";
import { useOfferedAgain } from "../../core/writes";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import { useAway } from "../../parts/useAway";
import { WayOut } from "../../parts/WayOut";
import { localDay, writeDay } from "./day";
import { useDrafts } from "./drafts";
import { fieldErrors, isZoneSuspect, noteNeeded, TITLE_FIELDS, UNTIL_FIELDS } from "./formErrors";
import { formSchema, LONGEST_TITLE, titleLength } from "./formSchema";
import styles from "./Issue.module.css";
import { IssuedResult } from "./IssuedResult";
import { type IssueTarget, runKey, useIssueRun, useShownRun } from "./issueRuns";
import { UntilField } from "./UntilField";
import { type ChosenEnd, endOf, toUntil } from "./until";
import { ZoneHint } from "./ZoneHint";

/** From this length on the person sees how much room is left. */
const LONG_TITLE = 200;

type IssueFormProps = {
  target: IssueTarget;
  /** Names what was typed and not sent, so that it is there when the form opens again. */
  draft: string;
  focusTitle?: boolean;
  /** The code was issued, or may have been: what led here is not to be used again by habit. */
  onSent?: () => void;
};

/** Asks for a visitor code and shows what the server answered. */
export function IssueForm({ target, draft, focusTitle = false, onSent }: IssueFormProps) {
  const { t, language } = useTexts();
  const { preferences } = useAppState();
  const { run, start, drop } = useIssueRun(target);
  const away = useAway(target.server);
  useShownRun(runKey(target));
  const drafts = useDrafts();
  const [again, setAgain] = useState(false);
  const submit = useRef<HTMLButtonElement>(null);
  const schema = useMemo(() => formSchema(t), [t]);
  const usual = useMemo<ChosenEnd>(
    () => ({
      preset: String(preferences.codeMinutes),
      day: writeDay(localDay(Date.now(), 0), language),
      time: "",
    }),
    [preferences.codeMinutes, language],
  );
  const form = useForm({
    resolver: valibotResolver(schema),
    defaultValues: run?.typed ?? drafts.get(draft) ?? { title: "", end: usual },
  });
  const { title, end } = form.watch();
  const offeredAgain = useOfferedAgain(useWrites(), run?.stopped ?? null);
  const isPending = run?.pending === true;
  const answer = run?.answer ?? null;
  const error = offeredAgain ? null : (run?.error ?? null);
  const isUnknown = error?.code === "write_unknown";
  const isSent = isPending || answer !== null || isUnknown;
  const usualTitle = preferences.codeTitle.trim() === "" ? t("issue.titleDefault") : preferences.codeTitle;

  const isForm = answer === null && !isUnknown;
  const isUntouched = title === "" && end.preset === usual.preset && end.time === "";
  useEffect(() => {
    if (isForm && (focusTitle || again)) form.setFocus("title", { shouldSelect: true });
  }, [focusTitle, again, isForm, form]);
  useEffect(() => {
    // What is on its way, or may have been done, is no draft any more: offering it again would invite a second code.
    if (isSent || isUntouched) drafts.delete(draft);
    else drafts.set(draft, { title, end });
  }, [drafts, draft, title, end, isSent, isUntouched]);
  useEffect(() => {
    if (offeredAgain) submit.current?.focus();
  }, [offeredAgain]);

  const send = form.handleSubmit((values) => {
    const until = toUntil(values.end, Date.now());
    onSent?.();
    return start({
      typed: { title: values.title, end: values.end },
      title: values.title.trim() === "" ? usualTitle : values.title,
      until,
      sentEnd: endOf(until, Date.now()),
    });
  });

  if (answer !== null) {
    return (
      <IssuedResult
        issued={answer}
        server={target.server}
        onAnother={() => {
          drop();
          form.resetField("title", { defaultValue: "" });
          setAgain(true);
        }}
      />
    );
  }
  if (error !== null && isUnknown) {
    return (
      <PerhapsIssued
        error={error}
        onAnother={() => {
          drop();
          setAgain(true);
        }}
      />
    );
  }
  const wrong = form.formState.errors;
  const length = titleLength(title);
  const one = (message: string | undefined) => (message === undefined ? [] : [message]);
  const refusedUntil = fieldErrors(t, error, "until_invalid", UNTIL_FIELDS);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void send(event)}
      aria-label={t("issue.form")}
      noValidate
    >
      <TextField
        label={t("issue.title")}
        placeholder={usualTitle}
        hint={length < LONG_TITLE ? undefined : t("issue.titleCount", { count: length, most: LONGEST_TITLE })}
        errors={[...one(wrong.title?.message), ...fieldErrors(t, error, "title_invalid", TITLE_FIELDS)]}
        {...form.register("title")}
      />
      <UntilField
        value={end}
        errors={{
          day: one(wrong.end?.day?.message),
          time: [...one(wrong.end?.time?.message), ...refusedUntil],
        }}
        onChange={(next) => form.setValue("end", next, { shouldValidate: form.formState.isSubmitted })}
      />
      {run !== null && run.sentEnd !== null && isZoneSuspect(error, run.sentEnd, Date.now()) && (
        <ZoneHint
          key={run.sentAt}
          server={target.server}
          forFlat={target.flat !== null}
          sentEnd={run.sentEnd}
          sentAt={run.sentAt}
          onAgain={() => void send()}
        />
      )}
      {error !== null && noteNeeded(error) && (
        <ErrorNote error={error} besideFields={[...TITLE_FIELDS, ...UNTIL_FIELDS]}>
          <WayOut error={error} server={target.server} />
        </ErrorNote>
      )}
      {offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
      {isPending && <Note>{t("issue.onItsWay")}</Note>}
      {away !== null && !isPending && <Note>{away}</Note>}
      <Button
        ref={submit}
        type="submit"
        look="primary"
        busy={isPending}
        blocked={away}
        className={styles.submit}
      >
        {offeredAgain ? t("issue.submitStopped") : t("issue.submit")}
      </Button>
    </form>
  );
}

/** The answer was lost: no key pressed by habit may send it a second time. */
function PerhapsIssued({ error, onAnother }: { error: CommandError; onAnother: () => void }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const look = useRef<HTMLButtonElement>(null);
  useEffect(() => look.current?.focus(), []);
  return (
    <ErrorNote error={error}>
      <Button ref={look} onClick={() => void navigate({ to: "/codes", search: { show: "unresolved" } })}>
        {t("issue.seeCodes")}
      </Button>
      <Button look="quiet" onClick={onAnother}>
        {t("issue.another")}
      </Button>
    </ErrorNote>
  );
}
