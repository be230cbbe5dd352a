// The enclosure tests run in: temporary files in one folder, no way to the person's own session bus, keyring or display, and
// a mark on every process. Closing it says what was left behind, and removes it.

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differences, homeState, marked, treeState } from "./guard.mjs";

/** Opens an enclosure: the environment for the tests, and `close`, which returns complaints (none when all is well). */
export function openEnclosure() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const mark = `GATEHOUSE_TEST_RUN=${randomUUID()}`;
  const [markName, markValue] = mark.split("=");
  const home = homeState();
  // People edit while their tests run; a check-out that only the tests use must stay as it was.
  const tree = process.env.CI ? treeState() : null;

  const env = { ...process.env, TMPDIR: folder, [markName]: markValue };
  if (process.platform === "linux") {
    env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${join(folder, "no-session-bus")}`;
    for (const name of [
      "DISPLAY",
      "WAYLAND_DISPLAY",
      "XDG_RUNTIME_DIR",
      "GNOME_KEYRING_CONTROL",
      "SSH_AUTH_SOCK",
    ])
      delete env[name];
  }

  return {
    env,
    close() {
      const complaints = [];
      for (const { pid, name } of marked(mark)) {
        complaints.push(`${name} (process ${pid}) was left running; it is ended now.`);
        process.kill(pid, "SIGKILL");
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      for (const path of differences(home, homeState())) {
        complaints.push(
          `${path} changed while the tests ran: a test reached this person's own data (or another Gatehouse was in use meanwhile).`,
        );
      }
      if (process.env.CI && treeState() !== tree) {
        complaints.push("The work tree is not as it was: see `git status`.");
      }
      return complaints;
    },
  };
}
