import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { licences } from "./ui/licences/plugin.ts";
import { preloads } from "./ui/preloads.ts";

export default defineConfig({
  root: "ui",
  cacheDir: "../node_modules/.vite",
  base: "./",
  plugins: [react(), licences(import.meta.dirname), preloads("show")],
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
