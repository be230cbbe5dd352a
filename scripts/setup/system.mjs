// System packages: what the program needs on Debian and Ubuntu, and how it gets there.

import { readFileSync } from "node:fs";
import { must, output } from "./run.mjs";
import { heading, note, Stop } from "./say.mjs";

/** Needed to build the program and to run it. */
export const buildPackages = ["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/**
 * Needed by the tests only: the WebDriver of the web view, a display, a D-Bus session, a Secret Service and its
 * command line, a reader of the clipboard, a hand on the display's keyboard and windows, and the sources of the locales the
 * windows are opened in.
 */
export const testPackages = [
  "webkit2gtk-driver",
  "xvfb",
  "dbus",
  "gnome-keyring",
  "libsecret-tools",
  "xclip",
  "xdotool",
  "x11-utils",
  "locales",
  "procps",
];

const supported = { linux: "Linux", darwin: "macOS", win32: "Windows" };

/** Stops on a platform the program was never built for. */
export function checkPlatform() {
  if (!(process.platform in supported)) {
    throw new Stop(`Gatehouse runs on Linux, macOS and Windows; this is ${process.platform}.`);
  }
}

/** Which of these Debian packages are not installed. */
export function missingPackages(packages) {
  return packages.filter((name) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
    const status = output("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name]);
    return status !== "installed";
  });
}

function isDebianLike() {
  if (process.platform !== "linux") return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** The words before `apt-get` that let this person install packages without being asked, or `null`. */
function privilege() {
  if (process.getuid?.() === 0) return [];
  return output("sudo", ["-n", "true"]) === null ? null : ["sudo", "-n"];
}

/**
 * Installs what is missing of `packages` through apt when that is possible without a question, and stops with the exact
 * command otherwise. On other systems it only tells what Tauri's own pages ask for.
 */
export async function installPackages(packages) {
  if (!isDebianLike()) {
    if (process.platform === "linux") {
      note(
        "Not Debian or Ubuntu: make sure that WebKitGTK 4.1 is here with its headers (https://v2.tauri.app/start/prerequisites/).",
      );
    }
    return;
  }
  const missing = missingPackages(packages);
  if (missing.length === 0) return;

  const command = `sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${missing.join(" ")}`;
  const before = privilege();
  if (before === null) {
    throw new Stop(
      `These system packages are missing: ${missing.join(", ")}.`,
      `run this, then try again:\n    ${command}`,
    );
  }
  heading(`Installing ${missing.length} system packages: ${missing.join(", ")}`);
  const [first, ...rest] = [...before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  const next = `see apt's message above, or install them by hand:\n    ${command}`;
  await must(first, [...rest, "update", "--quiet"], { next });
  await must(first, [...rest, "install", "--yes", "--quiet", "--no-install-recommends", ...missing], {
    next,
  });
}

/** False on a Linux machine where no window can be opened. */
export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
