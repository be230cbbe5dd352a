// Records every message that goes from the core to the web view: answers to commands, and whatever comes through a callback
// (events, channels, and answers when the fetch way is closed).

import type { App } from "./app";

/** Begins to record; messages before are not seen. */
export async function recordMessages(app: App): Promise<void> {
  await app.run(`
    const messages = [];
    Object.defineProperty(window, "__recordedMessages", { value: messages });

    const originalFetch = window.fetch;
    window.fetch = async function (resource, options) {
      const answer = await originalFetch.call(this, resource, options);
      const headers = JSON.stringify([...answer.headers]);
      messages.push("answer to " + String(resource.url ?? resource) + " " + headers + " " + await answer.clone().text());
      return answer;
    };

    const callbacks = window.__TAURI_INTERNALS__.callbacks;
    const originalGet = callbacks.get;
    callbacks.get = function (id) {
      const callback = originalGet.call(this, id);
      return callback && function (data) {
        messages.push("callback " + (JSON.stringify(data) ?? "undefined"));
        return callback(data);
      };
    };`);
}

/** The messages recorded so far. */
export async function recordedMessages(app: App): Promise<string[]> {
  return app.run<string[]>("return window.__recordedMessages");
}

/** Everything that stands in the page: its markup, what its fields contain, and what it stored. */
export async function pageContent(app: App): Promise<string> {
  return app.run<string>(`
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    const stored = [window.localStorage, window.sessionStorage].map((area) => JSON.stringify({ ...area }));
    return [document.documentElement.outerHTML, ...fields, ...stored, document.cookie, location.href].join("\\n");`);
}
