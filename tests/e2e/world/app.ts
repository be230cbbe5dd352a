// The program in its real window, driven through WebKit's own WebDriver.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { Builder, Capabilities, Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { binary, outFolder } from "./binaries";
import { asPattern, Found, type Name, type Query } from "./found";
import { end, type Ground, gone, type Running, stillRunning } from "./ground";
import { inTime, waitFor } from "./waiting";

const testingLibrary = readFileSync(
  createRequire(import.meta.url).resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"),
  "utf8",
);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const finder = `
  const library = window.TestingLibraryDom;
  if (!library) return null;
  const text = (name) => (typeof name === "string" ? name : new RegExp(name.source, name.flags));
  return arguments[0].reduce(
    (scopes, { role, name, label }) => scopes.flatMap((scope) => {
      if (label !== undefined) return library.queryAllByLabelText(scope, text(label));
      return library.queryAllByRole(scope, role, name === undefined ? {} : { name: text(name) });
    }),
    [document.body],
  );`;

/** Milliseconds that lie between a person's keys; a reader's follow each other at once. */
const PERSONS_PAUSE = 150;

export type AppOptions = {
  args?: string[];
  env?: Record<string, string>;
  /** What is started; the debug build without it. */
  program?: string;
};

export class App {
  readonly driver: WebDriver;
  readonly #ground: Ground;
  readonly #service: Running;

  private constructor(ground: Ground, driver: WebDriver, service: Running) {
    this.driver = driver;
    this.#ground = ground;
    this.#service = service;
  }

  /** Opens the window on this desktop, with everything it can log in `logs/app.log`. */
  static async open(
    ground: Ground,
    desktop: Record<string, string>,
    { args = [], env = {}, program = binary("gatehouse") }: AppOptions = {},
  ): Promise<App> {
    const port = await freePort();
    const service = ground.start("app", {
      command: "WebKitWebDriver",
      args: [`--port=${port}`],
      env: {
        ...desktop,
        GATEHOUSE_IDENTITY: "test",
        GATEHOUSE_LOG: "trace",
        TAURI_AUTOMATION: "true",
        TAURI_WEBVIEW_AUTOMATION: "true",
        ...env,
      },
    });
    const address = `http://127.0.0.1:${port}`;
    await waitFor("the WebDriver", async () => {
      stillRunning(service);
      return (await fetch(`${address}/status`)).ok;
    });
    const capabilities = new Capabilities({
      browserName: "wry",
      "webkitgtk:browserOptions": { binary: program, args },
    });
    const driver = await new Builder().usingServer(address).withCapabilities(capabilities).build();
    await driver.manage().setTimeouts({ script: 30_000 });
    return new App(ground, driver, service);
  }

  /** What has this role and this accessible name, as a screen reader finds it. */
  byRole(role: string, name?: Name): Found {
    return new Found(this, [{ role, name }]);
  }

  /** Runs a script in the page. */
  async run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.driver.executeScript<T>(script, ...args);
  }

  /** The field with this label, for fields that have no role. */
  byLabel(label: Name): Found {
    return new Found(this, [{ label }]);
  }

  /** The elements a chain of queries leads to, each inside the one before. */
  async find(chain: readonly Query[]): Promise<WebElement[]> {
    const search = () => this.run<WebElement[] | null>(finder, chain.map(forThePage));
    const elements = await search();
    if (elements) return elements;
    await this.run(
      `const module = undefined, exports = undefined, define = undefined, self = window; ${testingLibrary}`,
    );
    return (await search()) ?? [];
  }

  /** Everything that can be read in the window now. */
  async text(): Promise<string> {
    return this.run<string>("return document.body.innerText");
  }

  /** Waits until the window shows a text, and returns the match. */
  async shows(text: string | RegExp): Promise<RegExpExecArray> {
    const pattern = asPattern(text);
    return waitFor(
      `${pattern} in the window`,
      async () => pattern.exec(await this.text()) ?? undefined,
    ).catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe window shows:\n${await this.text()}`);
    });
  }

  /** Presses keys, one after the other, wherever the focus is, as a person does: with a pause before the first and Enter. */
  async press(...keys: string[]): Promise<void> {
    const actions = this.driver.actions().pause(PERSONS_PAUSE);
    for (const key of keys) {
      if (key === Key.ENTER) actions.pause(PERSONS_PAUSE);
      actions.sendKeys(key);
    }
    await actions.perform();
  }

  /** Types a key and Enter as a reader does: at once. */
  async reads(key: string): Promise<void> {
    await this.pause();
    await this.driver
      .actions()
      .sendKeys(...key, Key.ENTER)
      .perform();
  }

  /** Lets as much time pass between two keys as a person does. */
  async pause(): Promise<void> {
    await this.driver.actions().pause(PERSONS_PAUSE).perform();
  }

  /** Puts a text into a field as the clipboard would: what a keyboard cannot type, and what is too long to. */
  async type(field: Found, text: string): Promise<void> {
    await field.fill("");
    await this.run(
      `const [field, text] = [document.activeElement, arguments[0]];
       Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
       field.dispatchEvent(new Event("input", { bubbles: true }));`,
      text,
    );
  }

  /** Presses a key while others are held. */
  async chord(held: string, key: string): Promise<void> {
    await this.driver.actions().keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Waits until nothing in the window is loading or moving, and a few looks in a row see the same. */
  async settled(): Promise<void> {
    let seen = "";
    let times = 0;
    await waitFor("a window in which nothing changes", async () => {
      const now = await this.run<string>(
        `const moving = document.getAnimations().some((animation) => animation.playState === "running");
         const busy = document.querySelector('[aria-busy="true"]') !== null || document.fonts.status !== "loaded";
         return moving || busy ? "" : document.body.innerHTML;`,
      );
      times = now !== "" && now === seen ? times + 1 : 0;
      seen = now;
      return times >= 5;
    });
    // What the page holds now is painted with the next frame.
    await this.driver.executeAsyncScript(
      "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done()));",
    );
  }

  async resize(width: number, height: number): Promise<void> {
    await this.driver.manage().window().setRect({ x: 0, y: 0, width, height });
  }

  /** Writes a picture of the window's content and returns its path. */
  async screenshot(name: string, folder = outFolder): Promise<string> {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 100)}.png`);
    writeFileSync(path, await inTime("a picture", this.driver.takeScreenshot()), "base64");
    return path;
  }

  /** Closes the window and waits until the program has ended. */
  async close(): Promise<void> {
    const running = this.#ground.running("gatehouse");
    await this.driver.quit();
    for (const pid of running) await gone(pid);
    await end(this.#service);
  }

  /** Ends the program as a power cut does: at once, wherever it is. */
  async kill(): Promise<void> {
    for (const pid of this.#ground.running("gatehouse")) {
      process.kill(pid, "SIGKILL");
      await gone(pid);
    }
    await end(this.#service);
  }

  /** Waits until the program has ended by itself. */
  async ends(): Promise<void> {
    for (const pid of this.#ground.running("gatehouse")) await gone(pid);
    await end(this.#service);
  }

  /** Runs axe in the page, without looking at what one document alone cannot tell; each finding in a line. */
  async accessibilityProblems(): Promise<string[]> {
    const source = `const module = undefined, exports = undefined, define = undefined; ${axe}`;
    if (!(await this.run<boolean>("return typeof window.axe === 'object'"))) await this.run(source);
    return this.driver.executeAsyncScript<string[]>(`
      const done = arguments[arguments.length - 1];
      window.axe.run(document, { resultTypes: ["violations"] }).then(
        ({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map(
          ({ html, failureSummary }) => id + ": " + help + "\\n" + html.slice(0, 300) + "\\n" + failureSummary))),
        (problem) => done(["axe itself: " + problem]),
      );`);
  }

  /** What has the focus: its role or tag, and its name. */
  async focused(): Promise<string> {
    return this.run<string>(`
      const at = document.activeElement;
      if (at === null || at === document.body) return "body";
      const name = at.getAttribute("aria-label") ?? at.innerText ?? "";
      return (at.getAttribute("role") ?? at.tagName.toLowerCase()) + " " + name.split("\\n")[0];`);
  }

  /** What can be used but not brought into sight by scrolling. */
  async outOfReach(): Promise<string[]> {
    return this.run<string[]>(`
      const usable = document.querySelectorAll("a[href], button, input, select, textarea, [role=switch], [role=tab], [role=grid]");
      return [...usable].flatMap((each) => {
        const shown = each.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false });
        // What is seen in place of a native control stands around it.
        const seen = each.matches("input[type=radio], input[type=checkbox]") ? (each.closest("label") ?? each) : each;
        if (!shown || each.closest("[role=row]") !== null) return [];
        seen.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        const { left, top, width, height } = seen.getBoundingClientRect();
        const x = left + Math.min(width / 2, 20), y = top + Math.min(height / 2, 12);
        const hit = document.elementFromPoint(x, y);
        const reached = hit !== null && (seen.contains(hit) || hit.contains(seen));
        return reached && left >= -1 && left + Math.min(width, 40) <= innerWidth + 1 ? [] : [each.outerHTML.slice(0, 160)];
      });`);
  }

  /** How many scripts the page has. */
  async scripts(): Promise<number> {
    return this.run<number>("return document.scripts.length");
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** A regular expression does not survive the way into the page as one. */
function forThePage(query: Query): Record<string, unknown> {
  const plain = (name: Name) => (name instanceof RegExp ? { source: name.source, flags: name.flags } : name);
  if ("label" in query) return { label: plain(query.label) };
  return query.name === undefined ? { role: query.role } : { role: query.role, name: plain(query.name) };
}
