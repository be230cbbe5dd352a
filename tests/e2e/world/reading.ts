// Reading a window as somebody who knows one language only.

import type { App } from "./app";
import type { Person } from "./person";

/** Words in Latin letters that belong into a Russian window: names, units and notations that have no other form. */
const known =
  /^(?:Gatehouse|Ctrl|Shift|Enter|Esc|Escape|Tab|Home|End|Delete|Page|Up|Down|PgUp|PgDn|F\d+|X-Client|MAC|SHA-256|https?|UTC|MIT|English|web|PHP|ISO|CN|AV-\d+|L12-\d+|id|IP-.*|MAC-.*|localhost|[A-Z]+=.*|test)$/u;

/**
 * Everything that can be read or heard in the window and holds words in Latin letters: `text: word`. What others wrote is left
 * out where the window marks it as theirs (`bdi`, quotations), and so are keys, the log, and licences.
 */
export async function foreignWords(app: App, { t }: Person): Promise<string[]> {
  const texts = await app.run<string[]>(
    `
    const [log, licences] = arguments;
    const inside = (button) => document.getElementById(button.getAttribute("aria-controls") ?? "");
    const skipped = [
      ...document.querySelectorAll("section[aria-label]"), ...document.querySelectorAll("button[aria-controls]"),
    ].flatMap((each) =>
      each.getAttribute("aria-label") === log ? [each] : each.innerText.trim() === licences ? [inside(each)] : []);
    const isSkipped = (element) => skipped.some((each) => each !== null && each.contains(element));
    const others = "bdi, blockquote, kbd, code, script, style, [data-foreign], option, .visually-hidden-keys";
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const around = node.parentElement;
      if (around === null || around.closest(others) !== null || isSkipped(around)) continue;
      if (!around.checkVisibility()) continue;
      if (node.data.trim() !== "") found.push(node.data.trim());
    }
    for (const named of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
      if (named.closest(others) !== null || isSkipped(named) || !named.checkVisibility()) continue;
      for (const name of ["aria-label", "placeholder", "title", "alt"]) {
        const text = named.getAttribute(name);
        if (text !== null) found.push(text);
      }
    }
    return found;`,
    t("log.title"),
    t("about.components"),
  );
  return [
    ...new Set(texts.flatMap((text) => foreignIn(text).map((word) => `${text.slice(0, 120)}: ${word}`))),
  ];
}

/** The words of a text in Latin letters that are no name, address, path, notation or single letter. */
export function foreignIn(text: string): string[] {
  return text
    .split(/[\s,;()«»"“”·…!?]+/u)
    .map((word) => word.replace(/^[.:]+|[.:]+$/gu, ""))
    .filter((word) => /[A-Za-z]{2,}/u.test(word) && !known.test(word))
    .filter(
      (word) =>
        !/[@/\\]|^[0-9A-Fa-f:.-]+$|\d{2,}:\d|^\d+\.\d+|\.(?:example|org|invalid|local|json|log)\b/u.test(
          word,
        ),
    );
}
