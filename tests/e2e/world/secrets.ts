// Looking for secrets in every place they must not be.

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A secret that was found: which one (by its label), in which form, and where. Never the secret itself. */
export type Leak = { secret: string; form: string; place: string };

/** Labelled secrets. */
export type Secrets = Record<string, string>;

/** The part of a secret's Base64 that does not depend on what stands before and after it. */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(Math.ceil((shift * 4) / 3), text.length - 1);
  });
}

/** Every form in which a secret may turn up, as bytes. */
export function forms(secret: string): [form: string, bytes: Buffer][] {
  const utf8 = (text: string) => Buffer.from(text, "utf8");
  const percent = encodeURIComponent(secret);
  const cores = base64Cores(secret);
  return [
    ["as it is", utf8(secret)],
    ["in JSON", utf8(JSON.stringify(secret).slice(1, -1))],
    ["in JSON inside JSON", utf8(JSON.stringify(JSON.stringify(secret)).slice(3, -3))],
    ["percent-encoded", utf8(percent)],
    ["form-encoded", utf8(percent.replaceAll("%20", "+"))],
    ["UTF-16", Buffer.from(secret, "utf16le")],
    ["hexadecimal", utf8(Buffer.from(secret).toString("hex"))],
    ...cores.map((core): [string, Buffer] => ["Base64", utf8(core)]),
    ...cores.map((core): [string, Buffer] => [
      "URL-safe Base64",
      utf8(core.replaceAll("+", "-").replaceAll("/", "_")),
    ]),
  ];
}

/** Which of the secrets stand in these bytes. */
export function leaksIn(place: string, content: Buffer | string, secrets: Secrets): Leak[] {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8");
  return Object.entries(secrets).flatMap(([label, secret]) => {
    const found = forms(secret).find(([, form]) => bytes.includes(form));
    return found ? [{ secret: label, form: found[0], place }] : [];
  });
}

/** Every regular file below a folder, without the folders in `except`. */
export function* filesBelow(folder: string, except: string[] = []): Generator<string> {
  for (const name of ifThere(() => readdirSync(folder)) ?? []) {
    const path = join(folder, name);
    if (except.includes(path)) continue;
    const stat = ifThere(() => lstatSync(path));
    if (stat?.isDirectory()) yield* filesBelow(path, except);
    else if (stat?.isFile()) yield path;
  }
}

/** Which of the secrets stand in the name or content of any file below a folder. */
export function leaksBelow(folder: string, secrets: Secrets, except: string[] = []): Leak[] {
  return [...filesBelow(folder, except)].flatMap((path) => [
    ...leaksIn(`the name of ${path}`, path, secrets),
    ...leaksIn(path, ifThere(() => readFileSync(path)) ?? "", secrets),
  ]);
}

/** Libraries still tidy their caches away while a program ends: what is gone when it is looked at leaks nothing. */
function ifThere<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
