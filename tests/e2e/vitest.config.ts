import { defineConfig } from "vitest/config";

// One window at a time: the specs share the machine's two or so processors with a web view, a display and a server.
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../../node_modules/.vite-e2e",
  test: {
    include: process.env.GATEHOUSE_E2E === "long" ? ["specs/long/**/*.spec.ts"] : ["specs/*.spec.ts"],
    globalSetup: ["world/prerequisites.ts"],
    environment: "node",
    pool: "forks",
    fileParallelism: false,
    sequence: { concurrent: false, shuffle: false },
    // The tests of a spec are the steps of one path: after the first that failed, the others say nothing.
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    teardownTimeout: 30_000,
    reporters: ["verbose"],
    isolate: true,
  },
});
