// The steps of `npm test`, cheapest first. Each has a name for `--only` and a title, and throws when it fails. Those that are
// `onlyWhenNamed` run with `--only`, and in `.ci/run`.

import { buildApp, buildSimulator } from "./app.mjs";
import { has, must, npm } from "./run.mjs";
import { note } from "./say.mjs";
import { buildUi } from "./web.mjs";

const withNpm = async (env, ...args) => {
  const [command, rest] = npm("run", "--silent", ...args);
  await must(command, rest, { env });
};

export const steps = [
  {
    name: "format",
    title: "Rust is formatted",
    run: (env) => must("cargo", ["fmt", "--all", "--check"], { env, next: "run `cargo fmt --all`." }),
  },
  {
    name: "scripts",
    title: "Scripts",
    run: (env) =>
      must(process.execPath, ["--test", "--test-reporter=spec", "scripts/setup/setup.test.mjs"], { env }),
  },
  { name: "ui-check", title: "User interface: types and lints", run: (env) => withNpm(env, "ui:check") },
  { name: "e2e-check", title: "End-to-end tests: types", run: (env) => withNpm(env, "e2e:check") },
  { name: "ui-test", title: "User interface: tests", run: (env) => withNpm(env, "ui:test") },
  { name: "ui-build", title: "User interface: build", run: () => buildUi() },
  {
    name: "clippy",
    title: "Rust lints",
    run: (env) =>
      must(
        "cargo",
        ["clippy", "--locked", "--workspace", "--all-targets", "--all-features", "--", "--deny", "warnings"],
        { env },
      ),
  },
  {
    name: "generated",
    title: "Generated files are fresh",
    run: (env) =>
      must("cargo", ["test", "--locked", "--package", "gatehouse", "--test", "bindings"], {
        env,
        next: "run `npm run generate` and commit what it writes.",
      }),
  },
  {
    name: "rust",
    title: "Rust tests",
    run: async (env) => {
      const all = ["--locked", "--workspace", "--all-features"];
      if (has("cargo-nextest")) {
        await must("cargo", ["nextest", "run", ...all], { env });
      } else {
        note("cargo-nextest is not here; cargo test does the same, slower.");
        await must("cargo", ["test", ...all, "--lib", "--bins", "--tests"], { env });
      }
    },
  },
  {
    name: "rust-doc",
    title: "Rust documentation tests",
    run: (env) => must("cargo", ["test", "--locked", "--workspace", "--all-features", "--doc"], { env }),
  },
  {
    name: "e2e",
    title: "End-to-end tests in the real window",
    onlyOn: "linux",
    run: (env) => endToEnd(env),
  },
  {
    name: "e2e-long",
    title: "End-to-end tests in the real window: the long ones",
    onlyOn: "linux",
    onlyWhenNamed: true,
    run: (env) => endToEnd({ ...env, GATEHOUSE_E2E: "long" }),
  },
];

async function endToEnd(env) {
  await buildUi();
  await buildApp();
  await buildSimulator();
  await withNpm(env, "e2e:test");
}
