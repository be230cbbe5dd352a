// What a person does at the desk, in the words of the window. Specs say what happens; this says which controls it takes.

import type { ParseKeys } from "i18next";
import { Key } from "selenium-webdriver";
import type { App } from "./app";
import type { Language } from "./desktop";
import type { Found } from "./found";
import type { StandIn } from "./server";
import { waitFor } from "./waiting";
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

  /** Connects to a server, this world's own if none is named, and trusts its certificate. */
  async connect(server: StandIn = this.#world.server): Promise<void> {
    await this.findServer(server.address);
    await this.button("certificate.trust").click();
    await this.app.byRole("region", this.t("accounts.admin.name")).wait();
  }

  /** What stands for an account on the accounts screen. */
  accountCard(account: Account): Found {
    return this.app.byRole("region", this.t(`accounts.${account}.name`));
  }

  signOutButton(account: Account): Found {
    return this.app.byRole("button", this.t(`accounts.${account}.signOut`));
  }

  /** Types login and password of an account into the form inside `place` and sends it with Enter. */
  async fillSignIn(
    place: Found,
    { login, password }: { login?: string; password: string },
    remember = false,
  ): Promise<void> {
    if (login !== undefined) await place.byRole("textbox", this.t("signIn.login")).fill(login);
    if (remember) await place.byRole("checkbox", this.t("signIn.remember")).click();
    await place.byLabel(this.t("signIn.password")).fill(password);
    await place.byLabel(this.t("signIn.password")).press(Key.ENTER);
  }

  /** Signs an account in on the accounts screen, by password. */
  async signIn(
    account: Account,
    { remember = false, server = this.#world.server }: { remember?: boolean; server?: StandIn } = {},
  ): Promise<void> {
    const { login, password } = server[account];
    const card = this.accountCard(account);
    await card.byRole("textbox", this.t("signIn.login")).fill(login);
    await card.byLabel(this.t("signIn.password")).fill(password);
    if (remember) await card.byRole("checkbox", this.t("signIn.remember")).click();
    await card.byRole("button", this.t(`accounts.${account}.signIn`)).click();
    await card.byRole("button", this.t(`accounts.${account}.signOut`)).wait();
  }

  /** Lets billing use a token of its own, on the accounts screen. */
  async useBillingToken(token: string): Promise<void> {
    const card = this.app.byRole("region", this.t("accounts.billing.name"));
    await card.byRole("radio", this.t("billing.own")).press(Key.SPACE);
    await card.byLabel(this.t("billing.token")).fill(token);
    await this.button("billing.save").click();
    await card.reads(this.t("billing.saved"));
  }

  /** From the first screen to the list of intercoms, with both accounts signed in or one of them. */
  async moveIn(
    accounts: readonly Account[] = ["admin", "client"],
    options: { remember?: boolean } = {},
  ): Promise<void> {
    await this.connect();
    for (const account of accounts) await this.signIn(account, options);
    await this.enter();
  }

  /** From the accounts screen to the buildings. */
  async enter(): Promise<void> {
    await this.button("connect.open").click();
    await this.app.byRole("region", this.t("intercoms.title")).wait();
  }

  /** Adds an intercom by its record id. */
  async addIntercom(id: string): Promise<void> {
    await this.button("intercoms.addOpen").click();
    const form = this.app.byRole("form", this.t("intercoms.addOpen"));
    await form.byRole("textbox", this.t("intercoms.id")).fill(id);
    await form.byRole("button", this.t("intercoms.add")).click();
  }

  /** The view of an intercom: its flats, or its keys. */
  async view(tab: "flats.title" | "fobs.title"): Promise<void> {
    await this.app.byRole("tab", this.t(tab)).click();
  }

  /** Opens a part of the settings that is folded away, in a card if one is named. */
  async unfold(name: string | RegExp, within?: Found): Promise<void> {
    const fold = (within ?? this.app.byRole("main")).byRole("button", name);
    await fold.has("aria-expanded", "false");
    await fold.click();
    await fold.has("aria-expanded", "true");
  }

  /** What the settings say of the calls of the server: the state of each by its name, after a look. */
  async capabilities(): Promise<Map<string, string>> {
    await this.unfold(new RegExp(`^${this.t("capabilities.title")}`));
    await this.button("capabilities.check").click();
    await this.button("capabilities.check").wait();
    await this.app.settled();
    const rows = await this.app.run<string[][]>(
      `return [...document.querySelectorAll("table tbody tr")].map(
         (row) => [row.querySelector("th").innerText, row.querySelectorAll("td")[1].innerText]);`,
    );
    return new Map(rows.map(([name = "", state = ""]) => [name.trim(), state.trim()]));
  }

  /** Goes to a screen by its place in the rail. */
  async goTo(screen: "buildings" | "codes" | "settings"): Promise<void> {
    await this.app.byRole("link", this.t(`${screen}.title`)).click();
  }

  /** Opens the settings and goes on changing the theme, as fast as the window can, until the program ends. */
  async changeThemesWithoutEnd(): Promise<void> {
    await this.goTo("settings");
    await this.app.byRole("group", this.t("settings.theme")).wait();
    await this.app.run(`
      const themes = document.querySelectorAll('fieldset input[type="radio"][value="dark"], fieldset input[type="radio"][value="light"]');
      let at = 0;
      const change = () => { themes[at % themes.length].click(); at += 1; setTimeout(change, 1); };
      change();`);
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
    await this.app.chord(Key.CONTROL, "f");
    await filter.fill(number);
    // At once, as people do: the list may still show what was there before.
    await filter.press(Key.ENTER);
    await this.app.byRole("heading", this.t("flats.flat", { number })).wait();
  }

  /** The field that finds everything. */
  get searchField(): Found {
    return this.app.byRole("combobox", this.t("search.label"));
  }

  /** Types into the field that finds everything, whatever the keyboard can. */
  async search(text: string): Promise<void> {
    await this.app.type(this.searchField, text);
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

  /** Asks for another state of a line of the open flat: the other one, or off where none is known. */
  async turn(line: Line): Promise<void> {
    const about = this.aboutLine(line);
    await about.wait();
    const off = about.byRole("button", this.t("lines.turnOffNamed", { line: this.t(`lines.name.${line}`) }));
    if ((await off.count()) > 0) await off.click();
    else await this.line(line).click();
  }

  /** Everything that is said about a line of the open flat. */
  aboutLine(line: Line): Found {
    return this.app.byRole("group", this.t(`lines.name.${line}`));
  }

  /** The question that appears when a sign-in has ended. */
  signInPrompt(account: Account): Found {
    return this.app.byRole("alertdialog", this.t(`accounts.${account}.again`));
  }

  /** Answers the question for a sign-in by password. */
  async signInAgain(account: Account): Promise<void> {
    const prompt = this.signInPrompt(account);
    await prompt.wait();
    await prompt.byLabel(this.t("signIn.password")).fill(this.#world.server[account].password);
    await prompt.byRole("button", this.t("signIn.submit")).click();
    await prompt.gone();
  }

  /** Opens a code from the list: by its digits, where nothing else is to be hit. */
  async openCode(name: RegExp): Promise<void> {
    await this.app.byRole("row", name).byRole("gridcell", /^\d/u).clickFirst();
    await this.app.shows(this.t("codes.limits"));
  }

  /** Deletes the code of the open pane, and waits for what became of it. */
  async deleteOpenCode(): Promise<void> {
    await this.button("codes.delete").click();
    await this.app
      .byRole("alertdialog")
      .byRole("button", this.t("codes.deleteSelected", { count: 1 }))
      .click();
    await this.app
      .byRole("region", this.t("codes.deletion"))
      .reads(this.t("codes.deletedOf", { done: 1, count: 1 }));
  }

  /** Copies what an error note says for a maintainer, and returns it. */
  async copiedDetails(note: Found): Promise<string> {
    this.#world.copy("nothing yet");
    await note.byRole("button", this.t("common.copyDetails")).click();
    return waitFor("the details on the clipboard", () => {
      const text = this.#world.clipboard();
      return text === "nothing yet" ? undefined : text;
    });
  }
}
