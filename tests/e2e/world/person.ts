// What a person does at the desk, in the words of the window. Specs say what happens; this says which controls it takes.

import type { ParseKeys } from "i18next";
import { Key } from "selenium-webdriver";
import type { App } from "./app";
import type { Language } from "./desktop";
import type { Found } from "./found";
import { words } from "./words";
import type { World } from "./world";

export type Account = "admin" | "client";
export type Line = "analog" | "smartphone" | "landline";

export class Person {
  readonly t: ReturnType<typeof words>;
  readonly #world: World;

  constructor(world: World, language: Language = "en") {
    this.#world = world;
    this.t = words(language);
  }

  get app(): App {
    return this.#world.app;
  }

  button(key: ParseKeys): Found {
    return this.app.byRole("button", this.t(key));
  }

  /** Types the server's address on the first screen; what comes back depends on its certificate. */
  async findServer(address: string): Promise<void> {
    await this.app.byRole("textbox", this.t("connect.address")).fill(address);
    await this.button("connect.continue").click();
  }

  /** Connects to this world's server and trusts its certificate. */
  async connect(): Promise<void> {
    await this.findServer(this.#world.server.address);
    await this.button("certificate.trust").click();
    await this.app.byRole("region", this.t("accounts.admin.name")).wait();
  }

  /** Signs an account in on the accounts screen, by password. */
  async signIn(account: Account): Promise<void> {
    const { login, password } = this.#world.server[account];
    const name = this.t(`accounts.${account}.name`);
    const card = this.app.byRole("region", name);
    await card.byRole("textbox", this.t("signIn.login")).fill(login);
    await card.byLabel(this.t("signIn.password")).fill(password);
    await card.byRole("button", this.t("accounts.signIn", { account: name })).click();
    await card.byRole("button", this.t("accounts.signOut", { account: name })).wait();
  }

  /** From the first screen to the list of intercoms, with both accounts signed in. */
  async moveIn(): Promise<void> {
    await this.connect();
    await this.signIn("admin");
    await this.signIn("client");
    await this.button("connect.open").click();
    await this.app.byRole("region", this.t("intercoms.title")).wait();
  }

  /** Goes to a screen by its place in the rail. */
  async goTo(screen: "buildings" | "codes" | "settings"): Promise<void> {
    await this.app.byRole("link", this.t(`${screen}.title`)).click();
  }

  async chooseIntercom(title: string): Promise<void> {
    await this.app
      .byRole("region", this.t("intercoms.title"))
      .byRole("button", new RegExp(`^${title}`))
      .click();
    await this.app.byRole("heading", title).wait();
  }

  /** Opens a flat from the keyboard: find, type, Enter to the list, Enter to the flat. */
  async openFlat(number: string): Promise<void> {
    const filter = this.app.byRole("searchbox", this.t("flats.filter"));
    await filter.wait();
    await this.app.press("/");
    await filter.fill(number);
    // At once, as people do: the list may still show what was there before.
    await filter.press(Key.ENTER);
    await this.app.byRole("heading", this.t("flats.flat", { number })).wait();
  }

  /** The form in which a code is asked for. */
  get codeForm(): Found {
    return this.app.byRole("form", this.t("issue.form"));
  }

  /** Opens the form for a code of the open flat and fills it in, without sending it. */
  async prepareCode(title: string): Promise<void> {
    await this.button("issue.open").click();
    await this.codeForm.byRole("textbox", this.t("issue.title")).fill(title);
  }

  /** Sends the form. */
  async sendCodeForm(): Promise<void> {
    await this.codeForm.byRole("button", this.t("issue.submit")).click();
  }

  /** Waits for the issued code and returns its digits as the server wrote them. */
  async issuedCode(): Promise<string> {
    const result = this.app.byRole("region", this.t("issue.issued"));
    const [digits] = await result.reads(/^\d\d\s\d{3}$/m);
    return digits.replace(/\s/, "");
  }

  /** The switch of a line of the open flat. */
  line(line: Line): Found {
    return this.app.byRole("switch", this.t(`lines.name.${line}`));
  }

  /** Switches a line of the open flat, waits until it shows the other state, and returns whether it is on now. */
  async switchLine(line: Line): Promise<boolean> {
    const control = this.line(line);
    const on = (await control.attribute("aria-checked")) !== "true";
    await control.click();
    await control.has("aria-checked", String(on));
    return on;
  }

  /** Everything that is said about a line of the open flat. */
  aboutLine(line: Line): Found {
    return this.app.byRole("group", this.t(`lines.name.${line}`));
  }

  /** The question that appears when a sign-in has ended. */
  signInPrompt(account: Account): Found {
    const title = this.t("signIn.again", { account: this.t(`accounts.${account}.name`) });
    return this.app.byRole("alertdialog", title);
  }
}
