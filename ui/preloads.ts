import type { Plugin } from "vite";

/** Has the page name a script that its first one imports only later, so that both are fetched at once. */
export function preloads(script: string): Plugin {
  return {
    name: "gatehouse-preloads",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        // While the window is developed nothing is bundled.
        if (bundle === undefined) return [];
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const wanted = chunks.filter(({ name }) => name === script);
        if (wanted.length === 0) throw new Error(`no script is called ${script}`);
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
