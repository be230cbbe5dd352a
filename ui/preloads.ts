import type { Plugin } from "vite";

/** Has the page name a module that its first script imports only later, so that both are fetched at once. */
export function preloads(module: string): Plugin {
  return {
    name: "gatehouse-preloads",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        // While the window is developed nothing is bundled.
        if (bundle === undefined) return [];
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const wanted = chunks.filter(({ isDynamicEntry, name }) => isDynamicEntry && name === module);
        if (wanted.length === 0) throw new Error(`no script is called ${module}`);
        const files = new Set(wanted.flatMap(({ fileName, imports }) => [fileName, ...imports]));
        const unnamed = [...files].filter((file) => !html.includes(file));
        return unnamed.map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
          injectTo: "head" as const,
        }));
      },
    },
  };
}
