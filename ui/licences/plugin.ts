import { join } from "node:path";
import type { Plugin } from "vite";
import { collectLicences } from "./collect.ts";

const NAME = "virtual:licences";
const RESOLVED = `\0${NAME}`;

/** Makes the module `virtual:licences` while the window is built: nothing of it is kept in the repository. */
export function licences(root: string): Plugin {
  return {
    name: "gatehouse-licences",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      this.addWatchFile(join(root, "Cargo.lock"));
      this.addWatchFile(join(root, "package-lock.json"));
      const { components, texts } = collectLicences(root);
      return `export const components = ${JSON.stringify(components)};\nexport const texts = ${JSON.stringify(texts)};\n`;
    },
  };
}
