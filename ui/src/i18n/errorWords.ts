import type { TFunction } from "i18next";
import type { CommandError } from "../core/bindings/CommandError";
import {
  accountOf,
  certificate,
  listParam,
  numberParam,
  serverMessage,
  textParam,
  tooManySessions,
} from "../core/errors";
import en from "./en.json";

export type ErrorWords = {
  title: string;
  safe: string;
  next: string;
  detail: string | null;
  /** The server's own words, in whatever language it speaks. */
  message: string | null;
};

/** What happened, what is safe and what to do next, in the person's language. */
export function errorWords(t: TFunction, error: CommandError): ErrorWords {
  const values = {
    host: textParam(error, "host") ?? t("errors.unnamedServer"),
    status: numberParam(error, "status") ?? "",
    account: accountName(t, error),
    lines: lineNames(t, error),
    capability: capabilityName(t, error),
    setting: settingName(t, error),
  };
  const texts =
    error.code === "server_trouble" && numberParam(error, "status") === 503 ? "maintenance" : error.code;
  return {
    title: t(`errors.${texts}.title`, values),
    safe: t(`errors.${texts}.safe`, values),
    next: t(`errors.${texts}.next`, values),
    detail: detail(t, error),
    message: serverMessage(error),
  };
}

function accountName(t: TFunction, error: CommandError): string {
  const account = accountOf(error) ?? "admin";
  return t(`accounts.${account}.inText`);
}

function lineNames(t: TFunction, error: CommandError): string {
  const lines = listParam(error, "lines");
  const names = (["analog", "smartphone", "landline"] as const).filter((line) => lines.includes(line));
  return names.map((line) => t(`lines.name.${line}`)).join(", ");
}

function capabilityName(t: TFunction, error: CommandError): string {
  const capability = oneOf(en.capabilities.name, textParam(error, "capability"));
  return capability === null ? "" : t(`capabilities.name.${capability}`);
}

function settingName(t: TFunction, error: CommandError): string {
  return t(`errors.setting.${oneOf(en.errors.setting, textParam(error, "field")) ?? "other"}`);
}

/** The text of a group under this name, if there is one: names come from the core and may be newer than the texts. */
function oneOf<Texts extends object>(texts: Texts, name: string | null): keyof Texts | null {
  return name !== null && Object.hasOwn(texts, name) ? (name as keyof Texts) : null;
}

function detail(t: TFunction, error: CommandError): string | null {
  const why = textParam(error, "why");
  switch (error.code) {
    case "too_many_sessions": {
      const limit = tooManySessions(error)?.limit ?? null;
      return limit === null ? null : t("errors.sessionLimit", { count: limit });
    }
    case "certificate_untrusted": {
      const shown = certificate(error);
      return shown?.pinned == null
        ? t(`certificate.why.${shown?.why ?? "other"}`)
        : t("certificate.changedTitle");
    }
    case "write_unknown": {
      const status = numberParam(error, "status");
      return status === null ? null : t("errors.status", { status });
    }
    case "never_reached":
      return under("reach");
    case "not_this_api":
      return under("answer");
    case "address_invalid":
      return under("address");
    case "title_invalid":
      return under("titleText");
    case "until_invalid":
      return under("until");
    case "id_invalid": {
      const what = oneOf(en.errors.id, textParam(error, "what"));
      return what === null ? null : t(`errors.id.${what}`);
    }
    default:
      return null;
  }

  function under(group: "reach" | "answer" | "address" | "titleText" | "until"): string | null {
    const name = oneOf(en.errors[group], why);
    return name === null ? null : t(`errors.${group}.${String(name)}` as "errors.reach.dns");
  }
}
