import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { differences } from "./guard.mjs";
import { duration } from "./say.mjs";
import { digest, stamp, stampSays } from "./stamp.mjs";
import { atLeast, majorMinor } from "./toolchain.mjs";

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-setup-"));
  mkdirSync(join(folder, "src/deep"), { recursive: true });
  writeFileSync(join(folder, "src/deep/a.ts"), "1");
  writeFileSync(join(folder, "lock"), "2");
});
after(() => rmSync(folder, { recursive: true }));

const inputs = { files: ["lock"], folders: ["src"] };

test("the digest changes with a file's content, with its name, and with nothing else", () => {
  const first = digest(folder, inputs);
  assert.equal(digest(folder, inputs), first);
  writeFileSync(join(folder, "src/deep/a.ts"), "3");
  const changed = digest(folder, inputs);
  assert.notEqual(changed, first);
  writeFileSync(join(folder, "src/b.ts"), "");
  assert.notEqual(digest(folder, inputs), changed);
});

test("a stamp says only what was written, and a missing one says nothing", () => {
  const path = join(folder, "stamp");
  assert.equal(stampSays(path, "x"), false);
  stamp(path, "x");
  assert.equal(stampSays(path, "x"), true);
  assert.equal(stampSays(path, "y"), false);
});

test("versions are compared as numbers, not as text", () => {
  assert.deepEqual(majorMinor("rustc 1.95.0 (59807616e 2026-04-14)"), [1, 95]);
  assert.equal(majorMinor(null), null);
  assert.equal(atLeast([1, 100], [1, 90]), true);
  assert.equal(atLeast([1, 89], [1, 90]), false);
  assert.equal(atLeast([22, 0], [20, 19]), true);
});

test("the guard names what appeared, vanished and changed", () => {
  const first = new Map([
    ["/a", "1"],
    ["/b", "1"],
    ["/c", "1"],
  ]);
  const then = new Map([
    ["/a", "1"],
    ["/b", "2"],
    ["/d", "1"],
  ]);
  assert.deepEqual(differences(first, then), ["/b", "/c", "/d"]);
});

test("durations are written the way people read them", () => {
  assert.equal(duration(850), "850 ms");
  assert.equal(duration(12_340), "12.3 s");
  assert.equal(duration(125_000), "2 min 05 s");
});
