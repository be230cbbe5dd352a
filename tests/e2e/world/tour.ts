// A walk past every screen and every main state of it, for whoever wants to look at all of them: axe, a reader of texts, a camera.

import { Key } from "selenium-webdriver";
import type { Here } from "./inWorld";
import { waitFor } from "./waiting";

/** What a world needs for the tour. */
export const forTheTour = {
  server: { args: ["--captcha", "after-failures=1", "--dialect", "25.12", "--no-admin-codes-list"] },
};

/** Goes everywhere, and calls `look` at each stop, when nothing moves any more. */
export async function tour(
  here: Pick<Here, "world" | "app" | "person">,
  stop: (name: string) => Promise<void>,
): Promise<void> {
  const { app, person, world } = here;
  const { t } = person;
  const look = async (name: string) => {
    await app.settled();
    await stop(name);
  };
  const region = (name: string) => app.byRole("region", name);
  const refresh = (panel: string) => region(panel).byRole("button", t("common.refresh")).click();

  // The way to a section has no room in a small window: there it is scrolled to.
  const toSection = async (name: "servers" | "data" | "about") => {
    const link = app.byRole("link", t(`settings.section.${name}`));
    if ((await link.count()) > 0) await link.click();
    else await app.byRole("heading", t(`settings.section.${name}`)).scroll();
  };

  // Connecting
  await app.byRole("textbox", t("connect.address")).wait();
  await look("connect");
  await person.findServer("ftp://intercom.example");
  await app.byRole("form", t("connect.title")).reads(t("errors.address.scheme"));
  await look("connect-address-wrong");
  await person.findServer(world.server.address);
  await region(t("certificate.title")).wait();
  await look("connect-certificate");
  await person.button("certificate.trust").click();
  await person.accountCard("client").wait();
  await look("connect-accounts");
  await person.fillSignIn(person.accountCard("client"), { login: "nobody", password: "wrong" });
  await person.accountCard("client").byRole("alert").wait();
  await look("connect-refused");
  await person.fillSignIn(person.accountCard("client"), { password: "wrong" });
  await person.accountCard("client").byRole("img", t("captcha.picture")).wait();
  await look("connect-captcha");
  await person.signIn("admin");
  await look("connect-signed-in");

  // Buildings
  await person.enter();
  await person.chooseIntercom("Подъезд 1");
  await app.byRole("grid", t("flats.title")).wait();
  await look("buildings-flats");
  await person.button("intercoms.addOpen").click();
  await look("buildings-add-intercom");
  await app.press(Key.ESCAPE);
  await person.openFlat("45");
  await person.line("analog").wait();
  await look("buildings-flat");
  await person.switchLine("analog");
  await look("buildings-line-switched");
  await world.server.fault("switch_lines", { kind: "status", status: 403 });
  await person.turn("smartphone");
  await person.aboutLine("smartphone").byRole("alert").wait();
  await look("buildings-line-refused");
  await person.button("issue.open").click();
  await person.codeForm.wait();
  await look("issue-form");
  await person.codeForm.byRole("radio", t("issue.preset.custom")).press(Key.SPACE);
  await person.codeForm.byRole("textbox", t("issue.time")).fill("25:61");
  await person.sendCodeForm();
  await person.codeForm.reads(t("issue.timeInvalid"));
  await look("issue-form-wrong");
  await person.codeForm.byRole("radio", t("issue.preset.60")).press(Key.SPACE);
  await world.server.fault("create_code_admin", { kind: "unprocessable" });
  await person.sendCodeForm();
  await person.codeForm.byRole("alert").wait();
  await look("issue-form-refused");
  await person.sendCodeForm();
  await person.issuedCode();
  await look("issue-result");
  await person.button("issue.another").click();
  await world.server.fault("create_code_admin", { kind: "reset_after" });
  await person.sendCodeForm();
  await region(t("issue.section")).byRole("alert").wait();
  await look("issue-lost");
  await person.button("common.close").click();
  await person.view("fobs.title");
  await app.byRole("grid", t("fobs.title")).wait();
  await look("buildings-keys");
  await person.search("4");
  await app.byRole("option").waitForAny();
  await look("search-found");
  await app.press(Key.ENTER);
  await app.byRole("dialog").reads(t("lines.title"));
  await look("search-card");
  await app.press(Key.ESCAPE);
  await app.byRole("dialog").gone();
  await world.server.refuse();
  await person.search("5");
  await app.byRole("option").waitForAny();
  await app.press(Key.ENTER);
  await app.byRole("dialog").reads(t("answer.lastSeen"));
  await look("search-card-away");
  await app.press(Key.ESCAPE);
  await app.byRole("dialog").gone();
  await world.server.accept();
  await waitFor("a server that is back", async () => !(await app.text()).includes(t("lost.text")));
  await person.search("9999999");
  await app.shows(t("search.nothing", { text: "9999999" }));
  await look("search-nothing");
  await app.press(Key.ESCAPE, Key.ESCAPE);
  await person.view("flats.title");
  await app.byRole("searchbox", t("flats.filter")).fill("9999");
  await app.shows(t("flats.noMatch", { filter: "9999" }));
  await look("buildings-no-match");
  await app.byRole("searchbox", t("flats.filter")).fill("");
  await world.server.fault("list_flats", { kind: "bad_record" });
  await refresh(t("flats.title"));
  await app.shows(t("flats.partialTitle"));
  await look("buildings-partial");
  await world.server.fault("list_flats", { kind: "status", status: 500 }, null);
  await refresh(t("flats.title"));
  await region(t("flats.title")).byRole("alert").wait();
  await look("buildings-failed");
  await world.server.clear();
  await refresh(t("flats.title"));
  await region(t("flats.title")).byRole("alert").gone();

  // Codes
  await person.goTo("codes");
  await app.shows(t("codes.noAccount"));
  await look("codes-one-account");
  await app.byRole("tab", new RegExp(`^${t("codes.filter.unresolved")}`)).click();
  await app.byRole("row", new RegExp(`^${t("codes.noDigits")}`)).wait();
  await person.openCode(new RegExp(`^${t("codes.noDigits")}`));
  await look("codes-unresolved");
  await person.button("codes.settle").click();
  await app.shows(t("codes.empty.unresolved"));
  await look("codes-empty");
  await app.byRole("tab", new RegExp(`^${t("codes.filter.all")}`)).click();
  await person.button("codes.new").click();
  await app.byRole("textbox", t("codes.flatNumber")).wait();
  await look("codes-new");
  await app.byRole("button", t("common.close")).click();
  await person.openCode(/^\d/u);
  await look("codes-pane");
  await person.button("codes.delete").click();
  await app.byRole("alertdialog").wait();
  await look("codes-delete");
  await app
    .byRole("alertdialog")
    .byRole("button", t("codes.deleteSelected", { count: 1 }))
    .click();
  await region(t("codes.deletion")).reads(t("codes.deletedOf", { done: 1, count: 1 }));
  await look("codes-deleted");

  // Settings
  await person.goTo("settings");
  await app.byRole("heading", t("settings.title")).wait();
  await look("settings-general");
  await toSection("servers");
  for (const fold of ["billing.change", "settings.howToTalk"] as const) await person.unfold(t(fold));
  await person.capabilities();
  await look("settings-servers");
  await person.button("settings.remove").click();
  await app.byRole("alertdialog").wait();
  await look("settings-remove");
  await app.press(Key.ESCAPE);
  await app.byRole("alertdialog").gone();
  await world.server.fault("list_keys", { kind: "status", status: 422 }, 1);
  await app.byRole("button", new RegExp(`^${t("sync.refresh")}`, "u")).click();
  await app.shows(t("sync.missed", { count: 1 }));
  await look("settings-missed");
  await toSection("data");
  await app.byRole("region", t("log.title")).wait();
  await look("settings-data");
  await toSection("about");
  await person.unfold(t("about.components"));
  await app.byRole("searchbox", t("about.find")).wait();
  await look("settings-about");
  await app.press("?");
  await app.byRole("dialog", t("keys.title")).wait();
  await look("keys");
  await app.press(Key.ESCAPE);
  await app.byRole("dialog").gone();

  // Interrupted
  await person.goTo("buildings");
  await app.byRole("grid", t("flats.title")).wait();
  await app.settled();
  await world.server.expire("admin");
  await region(t("intercoms.title"))
    .byRole("button", /^Подъезд 2/u)
    .click();
  await person.signInPrompt("admin").wait();
  await look("signed-out");
  await person.button("signIn.later").click();
  await app.byRole("alertdialog").gone();
  await look("signed-out-later");
  await app.byRole("button", t("accounts.expiredOf", { account: t("accounts.admin.short") })).click();
  await person.signInAgain("admin");
  await app.byRole("grid", t("flats.title")).wait();
  await world.server.changeCertificate();
  await person.button("intercoms.refresh").click();
  await app.byRole("button", t("certificate.review")).clickFirst();
  await app.byRole("alertdialog").byRole("alert").reads(t("certificate.changedTitle"));
  await look("certificate-changed");
}
