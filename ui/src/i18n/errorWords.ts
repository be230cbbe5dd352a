import type { TFunction } from "i18next";
import type { CommandError } from "../core/bindings/CommandError";
import { accountOf, certificate, fieldTexts, listParam, numberParam, textParam } from "../core/errors";

export type ErrorWords = { title: string; safe: string; next: string; detail: string | null };

/** What happened, what is safe and what to do next, in the person's language. */
export function errorWords(t: TFunction, error: CommandError): ErrorWords {
  const values = {
    host: textParam(error, "host") ?? t("errors.unnamedServer"),
    status: numberParam(error, "status") ?? "",
    account: accountName(t, error),
    lines: lineNames(t, error),
  };
  return {
    title: t(`errors.${error.code}.title`, values),
    safe: t(`errors.${error.code}.safe`, values),
    next: t(`errors.${error.code}.next`, values),
    detail: detail(t, error),
  };
}

function accountName(t: TFunction, error: CommandError): string {
  const account = accountOf(error) ?? "admin";
  return t(`accounts.${account}.name`);
}

function lineNames(t: TFunction, error: CommandError): string {
  const lines = listParam(error, "lines");
  const names = (["analog", "smartphone", "landline"] as const).filter((line) => lines.includes(line));
  return names.map((line) => t(`lines.name.${line}`)).join(", ");
}

function detail(t: TFunction, error: CommandError): string | null {
  const why = textParam(error, "why");
  switch (error.code) {
    case "rate_limited": {
      const seconds = numberParam(error, "seconds");
      return seconds === null ? null : t("errors.wait", { count: seconds });
    }
    case "too_many_sessions": {
      const limit = numberParam(error, "limit");
      return limit === null ? null : t("errors.sessionLimit", { count: limit });
    }
    case "certificate_untrusted": {
      const shown = certificate(error);
      return shown?.pinned == null
        ? t(`certificate.why.${shown?.why ?? "other"}`)
        : t("certificate.changedTitle");
    }
    case "sign_in_refused":
      return Object.keys(fieldTexts(error)).length === 0 ? textParam(error, "message") : null;
    case "forbidden":
    case "not_found":
    case "refused":
      return textParam(error, "message");
    case "never_reached":
      return why === "dns" || why === "refused" || why === "timeout" || why === "tls"
        ? t(`errors.reach.${why}`)
        : null;
    case "not_this_api":
      return why === "html" ||
        why === "empty" ||
        why === "too_large" ||
        why === "not_json" ||
        why === "shape" ||
        why === "no_such_path"
        ? t(`errors.answer.${why}`)
        : null;
    case "address_invalid":
      return why === "empty" || why === "scheme" || why === "host" || why === "port" || why === "credentials"
        ? t(`errors.address.${why}`)
        : null;
    case "title_invalid":
      return why === "empty" || why === "too_long" || why === "control" ? t(`errors.titleText.${why}`) : null;
    case "until_invalid":
      return why === "past" || why === "unreadable" || why === "no_such_time" || why === "too_far"
        ? t(`errors.until.${why}`)
        : null;
    default:
      return null;
  }
}
