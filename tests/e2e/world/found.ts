// Something in the window that was looked up by role and accessible name. It is looked up anew for every use, and waited for.

import { error, Key, type WebElement } from "selenium-webdriver";
import type { App } from "./app";
import { waitFor } from "./waiting";

export type Name = string | RegExp;
/** By role and name; or by label, for the one kind of field that has no role, a password. */
export type Query = { role: string; name?: Name | undefined } | { label: Name };

// The page may redraw, scroll or cover an element between finding and using it: then it is found again.
const passing = [
  error.StaleElementReferenceError,
  error.ElementClickInterceptedError,
  error.ElementNotInteractableError,
];

export class Found {
  readonly #app: App;
  readonly #chain: readonly Query[];

  constructor(app: App, chain: readonly Query[]) {
    this.#app = app;
    this.#chain = chain;
  }

  /** What has this role and name inside this. */
  byRole(role: string, name?: Name): Found {
    return new Found(this.#app, [...this.#chain, { role, name }]);
  }

  /** The field with this label inside this. */
  byLabel(label: Name): Found {
    return new Found(this.#app, [...this.#chain, { label }]);
  }

  /** How many there are now; does not wait. */
  async count(): Promise<number> {
    return (await this.#app.find(this.#chain)).length;
  }

  /** The accessible names given by label of all there are now, in their order; does not wait. */
  async labels(): Promise<(string | null)[]> {
    const elements = await this.#app.find(this.#chain);
    return this.#app.run(
      "return [...arguments].map((element) => element.getAttribute('aria-label'))",
      ...elements,
    );
  }

  /** Waits until there is exactly one. */
  async wait(milliseconds?: number): Promise<this> {
    await this.#one(async () => true, milliseconds);
    return this;
  }

  /** Waits until there is at least one. */
  async waitForAny(): Promise<void> {
    await this.#told(waitFor(`any ${this}`, async () => (await this.count()) > 0));
  }

  /** Waits until there is exactly one and all of it is in sight: inside the window and under nothing else. */
  async inSight(): Promise<void> {
    await this.#one((element) =>
      this.#app.run<boolean>(
        `const [element] = arguments;
         const { left, top, right, bottom } = element.getBoundingClientRect();
         return [[left + 4, top + 4], [right - 4, bottom - 4]].every(([x, y]) => {
           const hit = document.elementFromPoint(x, y);
           return hit !== null && (element.contains(hit) || hit.contains(element));
         });`,
        element,
      ),
    );
  }

  /** Waits until there is none. */
  async gone(): Promise<void> {
    await this.#told(waitFor(`no ${this}`, async () => (await this.count()) === 0));
  }

  /** Waits until at least one is there, and clicks the first. */
  async clickFirst(): Promise<void> {
    await this.#told(
      waitFor(`any ${this}`, async () => {
        const [first] = await this.#app.find(this.#chain);
        if (!first) return false;
        await this.#scrollTo(first);
        await first.click();
        return true;
      }),
    );
  }

  /** Clicks it as soon as it can be clicked. */
  async click(): Promise<void> {
    await this.#one(async (element) => {
      if (!(await element.isEnabled()) || (await element.getAttribute("aria-disabled")) === "true")
        return false;
      await this.#scrollTo(element);
      await element.click();
      return true;
    });
  }

  /** Brings it to the top of what scrolls around it. */
  async scroll(): Promise<void> {
    await this.#one(async (element) => {
      await this.#app.run('arguments[0].scrollIntoView({ block: "start", behavior: "instant" })', element);
      return true;
    });
  }

  /** Replaces what a field contains by typing. */
  async fill(text: string): Promise<void> {
    await this.#one(async (element) => {
      if (!(await element.isEnabled())) return false;
      await this.#scrollTo(element);
      await element.click();
      await element.sendKeys(Key.chord(Key.CONTROL, "a"), Key.BACK_SPACE);
      if (text !== "") await element.sendKeys(text);
      return true;
    });
  }

  /** Chooses what reads like this in a list to choose from. */
  async choose(text: string): Promise<void> {
    await this.#one(async (element) =>
      this.#app.run<boolean>(
        `const [list, text] = arguments;
         const option = [...list.options].find((each) => each.text === text);
         if (option === undefined) return false;
         Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(list, option.value);
         list.dispatchEvent(new Event("change", { bubbles: true }));
         return true;`,
        element,
        text,
      ),
    );
  }

  /** Gives it the focus and presses keys, as a person does: a reader's Enter follows its text at once. */
  async press(...keys: string[]): Promise<void> {
    await this.#app.pause();
    await this.#one(async (element) => {
      await element.sendKeys(...keys);
      return true;
    });
  }

  /** The text a person reads in it. */
  async text(): Promise<string> {
    return this.#one(async (element) => ({ text: await this.#words(element) })).then(({ text }) => text);
  }

  /** What a field contains. */
  async value(): Promise<string> {
    return this.#one(async (element) => ({
      value: await this.#app.run<string>("return arguments[0].value", element),
    })).then(({ value }) => value);
  }

  /** Whether a radio button or a box is checked. */
  async checked(): Promise<boolean> {
    return this.#one(async (element) => ({ value: await element.isSelected() })).then(({ value }) => value);
  }

  /** An attribute, `null` when it is not there. */
  async attribute(name: string): Promise<string | null> {
    return this.#one(async (element) => ({
      value: await this.#app.run<string | null>(
        "return arguments[0].getAttribute(arguments[1])",
        element,
        name,
      ),
    })).then(({ value }) => value);
  }

  /** Waits until this can be read in it, and returns the match. */
  async reads(text: string | RegExp): Promise<RegExpExecArray> {
    const pattern = asPattern(text);
    return this.#one(async (element) => {
      const now = await this.#words(element);
      const match = pattern.exec(now);
      if (!match) throw new Error(`${pattern} is not in "${now}"`);
      return match;
    });
  }

  /** Waits until an attribute has this value. */
  async has(attribute: string, value: string): Promise<void> {
    await this.#one(async (element) => {
      const now = await this.#app.run("return arguments[0].getAttribute(arguments[1])", element, attribute);
      if (now === value) return true;
      throw new Error(`${attribute} is ${JSON.stringify(now)}`);
    });
  }

  toString(): string {
    return this.#chain.map(describe).join(" → ");
  }

  /** The WebDriver's own way to a text loses line ends. */
  async #words(element: WebElement): Promise<string> {
    return this.#app.run<string>("return arguments[0].innerText", element);
  }

  /** The WebDriver takes an element half covered by what lies outside its scrolled area for one in sight. */
  async #scrollTo(element: WebElement): Promise<void> {
    await this.#app.run('arguments[0].scrollIntoView({ block: "nearest", behavior: "instant" })', element);
  }

  async #one<T>(
    use: (element: WebElement) => Promise<T | undefined | false>,
    milliseconds?: number,
  ): Promise<T> {
    return this.#told(
      waitFor(
        `${this}`,
        async () => {
          const [element, ...more] = await this.#app.find(this.#chain);
          if (more.length > 0) throw new Error(`There are ${more.length + 1}.`);
          if (!element) return undefined;
          try {
            return await use(element);
          } catch (problem) {
            if (passing.some((kind) => problem instanceof kind)) return undefined;
            throw problem;
          }
        },
        milliseconds,
      ),
    );
  }

  /** Adds what the window shows to a failure. */
  async #told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (problem) {
      const { message, cause } = problem as Error;
      const why = cause instanceof Error ? ` (${cause.message})` : "";
      const shown = await this.#app.text().catch(() => "nothing that can be read");
      throw new Error(`${message}${why}\nThe window shows:\n${shown}`);
    }
  }
}

function describe(query: Query): string {
  const quoted = (name: Name) => (name instanceof RegExp ? String(name) : `"${name}"`);
  if ("label" in query) return `field labelled ${quoted(query.label)}`;
  return query.name === undefined ? query.role : `${query.role} ${quoted(query.name)}`;
}

/** A text as the pattern that finds exactly it. */
export function asPattern(text: string | RegExp): RegExp {
  return typeof text === "string" ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) : text;
}
