import { valibotResolver } from "@hookform/resolvers/valibot";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import type { CommandError } from "../../core/bindings/CommandError";
import { issueCode } from "../../core/bindings/commands";
import type { IssueCode } from "../../core/bindings/IssueCode";
import { fieldTexts } from "../../core/errors";
import { useWrite } from "../../core/useWrite";
import { errorWords } from "../../i18n/errorWords";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import { WayOut } from "../../parts/WayOut";
import { useDrafts } from "./drafts";
import styles from "./Issue.module.css";
import { IssuedResult } from "./IssuedResult";
import { UntilField } from "./UntilField";
import { type ChosenEnd, localDay, PRESETS, readTime, toUntil } from "./until";

export type IssueTarget = Pick<IssueCode, "server" | "intercom" | "flat">;

const TITLE_FIELDS = ["title"];
const UNTIL_FIELDS = ["expired_at", "until"];

type IssueFormProps = {
  target: IssueTarget;
  /** Names what was typed and not sent, so that it is there when the form opens again. */
  draft: string;
  focusTitle?: boolean;
};

/** Asks for a visitor code and shows what the server answered. */
export function IssueForm({ target, draft, focusTitle = false }: IssueFormProps) {
  const { t } = useTranslation();
  const issue = useWrite(issueCode);
  const drafts = useDrafts();
  const [again, setAgain] = useState(false);
  const submit = useRef<HTMLButtonElement>(null);
  const schema = useMemo(() => formSchema(t("issue.timeInvalid")), [t]);
  const form = useForm({
    resolver: valibotResolver(schema),
    defaultValues: drafts.get(draft) ?? { title: "", end: firstChoice() },
  });
  const { title, end } = form.watch();
  const { offeredAgain } = issue;
  const isUnknown = issue.error?.code === "write_unknown";

  const isForm = issue.answer === null && !isUnknown;
  useEffect(() => {
    if (isForm && (focusTitle || again)) form.setFocus("title");
  }, [focusTitle, again, isForm, form]);
  useEffect(() => {
    // What is on its way, or may have been done, is no draft any more: offering it again would invite a second code.
    if (issue.pending || issue.done || isUnknown || title === "") drafts.delete(draft);
    else drafts.set(draft, { title, end });
  }, [drafts, draft, title, end, issue.pending, issue.done, isUnknown]);
  useEffect(() => {
    if (offeredAgain) submit.current?.focus();
  }, [offeredAgain]);

  const send = form.handleSubmit((values) =>
    issue.run({
      ...target,
      title: values.title.trim() === "" ? t("issue.titleDefault") : values.title,
      until: toUntil(values.end, Date.now()),
    }),
  );

  if (issue.answer !== null) {
    return (
      <IssuedResult
        issued={issue.answer}
        server={target.server}
        onAnother={() => {
          issue.reset();
          form.resetField("title", { defaultValue: "" });
          setAgain(true);
        }}
      />
    );
  }
  const error = issue.error;
  if (error !== null && isUnknown) {
    return (
      <PerhapsIssued
        error={error}
        onAnother={() => {
          issue.reset();
          setAgain(true);
        }}
      />
    );
  }
  const timeErrors = form.formState.errors.end?.time?.message;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void send(event)}
      aria-label={t("issue.form")}
      noValidate
    >
      <TextField
        label={t("issue.title")}
        placeholder={t("issue.titleDefault")}
        errors={fieldErrors(t, error, "title_invalid", TITLE_FIELDS)}
        {...form.register("title")}
      />
      <UntilField
        value={end}
        errors={
          timeErrors === undefined ? fieldErrors(t, error, "until_invalid", UNTIL_FIELDS) : [timeErrors]
        }
        onChange={(next) => form.setValue("end", next, { shouldValidate: form.formState.isSubmitted })}
      />
      {error !== null && noteNeeded(error) && (
        <ErrorNote error={error} besideFields={[...TITLE_FIELDS, ...UNTIL_FIELDS]}>
          <WayOut error={error} server={target.server} />
        </ErrorNote>
      )}
      {offeredAgain && <Note tone="good">{t("signIn.offeredAgain")}</Note>}
      <Button ref={submit} type="submit" look="primary" busy={issue.pending} className={styles.submit}>
        {offeredAgain ? t("issue.submitAgain") : t("issue.submit")}
      </Button>
    </form>
  );
}

/** The answer was lost: no key pressed by habit may send it a second time. */
function PerhapsIssued({ error, onAnother }: { error: CommandError; onAnother: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const look = useRef<HTMLButtonElement>(null);
  useEffect(() => look.current?.focus(), []);
  return (
    <ErrorNote error={error}>
      <Button ref={look} onClick={() => void navigate({ to: "/codes" })}>
        {t("issue.seeCodes")}
      </Button>
      <Button look="quiet" onClick={onAnother}>
        {t("issue.another")}
      </Button>
    </ErrorNote>
  );
}

function firstChoice(): ChosenEnd {
  return { preset: "120", day: localDay(Date.now(), 0), time: "" };
}

function formSchema(timeInvalid: string) {
  const end = v.object({ preset: v.picklist(PRESETS), day: v.string(), time: v.string() });
  return v.object({
    title: v.string(),
    end: v.pipe(
      end,
      v.forward(
        v.check((chosen) => chosen.preset !== "custom" || readTime(chosen.time) !== null, timeInvalid),
        ["time"],
      ),
    ),
  });
}

function fieldErrors(
  t: Parameters<typeof errorWords>[0],
  error: CommandError | null,
  code: "title_invalid" | "until_invalid",
  fields: string[],
): string[] {
  if (error === null) return [];
  if (error.code === code) {
    const words = errorWords(t, error);
    return [words.detail ?? words.title];
  }
  const texts = fieldTexts(error);
  return fields.flatMap((field) => texts[field] ?? []);
}

/** What stands beside its field needs no note below. */
function noteNeeded(error: CommandError): boolean {
  return error.code !== "title_invalid" && error.code !== "until_invalid";
}
