// A desktop nobody sees: an X display, a session bus that can start nothing by itself, an unlocked Secret Service, a language.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type Ground, type Running, stillRunning } from "./ground";
import { waitFor } from "./waiting";

/** The languages a world can speak, and the locale of the system in which that is so. */
const locales = { en: "en_US", ru: "ru_RU" } as const;

export type Language = keyof typeof locales;
export type Theme = "light" | "dark";
export type DesktopOptions = {
  language: Language;
  theme: Theme;
  timeZone: string;
  width: number;
  height: number;
};

/** Starts the desktop and returns what a program needs in its environment to live on it. */
export async function startDesktop(ground: Ground, options: DesktopOptions): Promise<Record<string, string>> {
  const env = {
    DISPLAY: await startDisplay(ground, options),
    DBUS_SESSION_BUS_ADDRESS: await startBus(ground),
    ...makeLocale(ground, options.language),
    GTK_THEME: options.theme === "dark" ? "Adwaita:dark" : "Adwaita",
    TZ: options.timeZone,
  };
  await startKeyring(ground, env);
  return env;
}

async function firstLine(stream: Readable, from: Running): Promise<string> {
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return waitFor(`the first line of ${from.name}`, () => {
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
    stillRunning(from);
    return undefined;
  });
}

async function startDisplay(ground: Ground, { width, height }: DesktopOptions): Promise<string> {
  const xvfb = ground.start("xvfb", {
    command: "Xvfb",
    args: ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"],
    extraStream: true,
  });
  return `:${await firstLine(xvfb.process.stdio[3] as Readable, xvfb)}`;
}

async function startBus(ground: Ground): Promise<string> {
  const config = join(ground.folder, "session-bus.conf");
  // No service directories: nothing is started on demand, so nothing unexpected joins the world.
  writeFileSync(
    config,
    `<busconfig>
  <type>session</type>
  <listen>unix:dir=${ground.env.XDG_RUNTIME_DIR}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  const bus = ground.start("session-bus", {
    command: "dbus-daemon",
    args: [`--config-file=${config}`, "--nofork", "--nopidfile", "--print-address=3"],
    extraStream: true,
  });
  return firstLine(bus.process.stdio[3] as Readable, bus);
}

async function startKeyring(ground: Ground, env: Record<string, string>): Promise<void> {
  const keyring = ground.start("keyring", {
    command: "gnome-keyring-daemon",
    args: ["--unlock", "--components=secrets", "--foreground"],
    env,
    input: "test",
  });
  await waitFor("the Secret Service on the session bus", async () => {
    stillRunning(keyring);
    const ask = ground.start("keyring-probe", {
      command: "dbus-send",
      args: [
        "--session",
        "--print-reply=literal",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner",
        "string:org.freedesktop.secrets",
      ],
      env,
      readOutput: true,
    });
    let answer = "";
    ask.process.stdout?.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
    });
    await once(ask.process, "close");
    return answer.includes("boolean true");
  });
}

/** Compiles a locale into the world, so that the window speaks a language the machine may not have installed. */
function makeLocale(ground: Ground, language: Language): Record<string, string> {
  const name = `${locales[language]}.UTF-8`;
  const folder = join(ground.folder, "locale");
  mkdirSync(folder);
  execFileSync("localedef", ["--no-archive", "-i", locales[language], "-f", "UTF-8", join(folder, name)], {
    stdio: "ignore",
  });
  return { LOCPATH: folder, LANG: name, LC_ALL: name };
}
