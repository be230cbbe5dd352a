import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { licences } from "./ui/licences/plugin.ts";
import { preloads } from "./ui/preloads.ts";

/** What the window reads once it was painted: whatever `later` in ui/src/core/later.tsx is told of. */
const LATER =
  /\/src\/(app\/(CloseDialog|KeysDialog|signIn\/SignInDialog)|parts\/OpenDialog|screens\/(answer\/AnswerCard|codes\/CodesScreen|buildings\/(DoorPane|FlatPane|IntercomCodePane|KeysView)))\.tsx$/;

export default defineConfig({
  root: "ui",
  cacheDir: "../node_modules/.vite",
  base: "./",
  plugins: [react(), licences(import.meta.dirname), preloads("window")],
  server: { host: "127.0.0.1", strictPort: false },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16", "chrome110"],
    // SECURITY: nothing is inlined as a data: address, so the window's policy needs no exception for them.
    assetsInlineLimit: 0,
    // One file, which the page itself names: what is shown first must not wait for a second one.
    cssCodeSplit: false,
    // SECURITY: the preload polyfill fetches by script, which the policy's connect-src does not allow.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // Each with all that it imports and no earlier one has: a start reads two scripts, not one for every two parts that share
        // something; what is not shown first is read after that, at once.
        codeSplitting: {
          groups: [
            { name: "first", test: /\/src\/main\.ts$/, priority: 3 },
            { name: "window", test: /\/src\/app\/show\.tsx$/, priority: 2 },
            { name: "later", test: LATER, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    testTimeout: 20_000,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
