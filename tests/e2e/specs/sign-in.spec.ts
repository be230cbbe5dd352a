// Everything a server can want before it lets somebody in, and everything that happens to a sign-in afterwards.

import { Key } from "selenium-webdriver";
import { beforeAll, describe, expect, test } from "vitest";
import { inWorld } from "../world/inWorld";
import { recordedMessages, recordMessages } from "../world/recorder";
import type { Call } from "../world/server";
import { waitFor } from "../world/waiting";

describe("with a captcha, and one session at once", () => {
  const here = inWorld({ server: { args: ["--captcha", "always", "--session-limit", "1"] } });

  const card = () => here.person.accountCard("client");
  const answerField = () => card().byRole("textbox", here.person.t("captcha.text"));

  /** What the picture now in the window shows: the stand-in drew it. */
  async function answer(): Promise<string> {
    return waitFor("a picture not used yet", async () => {
      const keys = (await recordedMessages(here.app)).flatMap((message) =>
        [...message.matchAll(/"key":\s*"([^"]+)"/gu)].map(([, key = ""]) => key),
      );
      const newest = keys.at(-1);
      return newest === undefined ? undefined : here.world.server.captchaAnswer(newest);
    });
  }

  test("the picture is painted, and a wrong answer brings another without losing what was typed", async () => {
    const { app, person, world } = here;
    await recordMessages(app);
    await person.connect();
    await person.signIn("admin");
    await person.fillSignIn(card(), world.server.client);
    await card().byRole("img", person.t("captcha.picture")).wait();
    await answerField().fill("nonsense");
    await answerField().press(Key.ENTER);

    await card().reads(person.t("captcha.wrong"));
    await world.server.receives("captcha", 2);
    await app.settled();
    expect(await world.server.count("captcha")).toBe(2);
    expect(await card().byLabel(person.t("signIn.password")).value()).toBe(world.server.client.password);
    expect(await answerField().value()).toBe("");
  });

  test("nothing typed is not sent, and another picture can be had", async () => {
    const { person, world } = here;
    const asked = await world.server.count("sign_in_client");
    await answerField().press(Key.ENTER);
    await card().reads(person.t("captcha.empty"));
    expect(await world.server.count("sign_in_client")).toBe(asked);
    await card().byRole("button", person.t("captcha.another")).click();
    await world.server.receives("captcha", 3);
    await here.app.settled();
  });

  test("the right answer signs in", async () => {
    const { person } = here;
    await answerField().fill(await answer());
    await answerField().press(Key.ENTER);
    await person.signOutButton("client").wait();
  });

  test("where there are too many sessions the person chooses one, and only that one ends", async () => {
    const { app, person, world } = here;
    // Another desk signs in, in the place of this one.
    const [mine] = await otherDeskSignsIn();
    expect(mine).toBeDefined();
    await person.button("connect.open").click();
    await person.signInPrompt("client").wait();
    await person.fillSignIn(person.signInPrompt("client"), { password: world.server.client.password });

    const prompt = person.signInPrompt("client");
    const text = prompt.byRole("textbox", person.t("captcha.text"));
    await text.wait();
    await app.settled();
    await text.fill(await answer());
    await text.press(Key.ENTER);
    await prompt.byRole("group", person.t("sessions.tooMany")).wait();
    await prompt.reads(person.t("errors.sessionLimit", { count: 1 }));
    const sessions = prompt.byRole("group", person.t("sessions.tooMany")).byRole("radio");
    expect(await sessions.count()).toBe(1);

    // Going on without a choice asks for one, and sends nothing.
    const before = await world.server.count("sign_in_client");
    await prompt.byRole("button", person.t("signIn.submit")).click();
    await prompt.reads(person.t("sessions.chooseFirst"));
    expect(await world.server.count("sign_in_client")).toBe(before);

    await sessions.press(Key.SPACE);
    await app.settled();
    const another = prompt.byRole("textbox", person.t("captcha.text"));
    if ((await another.count()) > 0) await another.fill(await answer());
    await prompt.byRole("button", person.t("sessions.endAndSignIn")).click();
    await prompt.gone();
    const last = (await world.server.received("sign_in_client")).at(-1);
    expect(last).toMatchObject({ status: 200, body: { session_id: expect.any(Number) } });
  });

  /** A sign-in from elsewhere that takes the only session, and returns the session it took. */
  async function otherDeskSignsIn(): Promise<number[]> {
    const { world } = here;
    const other = await world.server.asAnotherDesk();
    const { key } = await other<{ key: string }>("GET", "/api/v1/captcha");
    const attempt = async (captchaKey: string, session?: number) =>
      other<{ sessions?: { id: number }[] }>("POST", "/api/v1/token", {
        ...world.server.client,
        captcha: await world.server.captchaAnswer(captchaKey),
        key: captchaKey,
        ...(session === undefined ? {} : { session_id: session }),
      });
    const refused = await attempt(key);
    const ids = (refused.sessions ?? []).map(({ id }) => id);
    const again = await other<{ key: string }>("GET", "/api/v1/captcha");
    await attempt(again.key, ids[0]);
    return ids;
  }
});

describe.each([
  ["en", "light"],
  ["ru", "dark"],
] as const)("in a small window (%s, %s)", (language, theme) => {
  const here = inWorld({
    language,
    theme,
    server: { args: ["--captcha", "always", "--session-limit", "1"] },
  });

  test("what is asked for and the button that goes on are in sight together, and the way in with them", async () => {
    const { app, person, world } = here;
    await app.resize(1024, 640);
    await person.connect();
    await person.signIn("admin");
    const card = person.accountCard("client");
    await person.fillSignIn(card, world.server.client);
    await card.byRole("img", person.t("captcha.picture")).inSight();
    await card.byRole("textbox", person.t("captcha.text")).inSight();
    await card.byRole("button", person.t("accounts.client.signIn")).inSight();
    await person.button("connect.open").inSight();
  });

  test("a question for a captcha and a session fits the window", async () => {
    const { app, person, world } = here;
    // Someone else takes the only session.
    const other = await world.server.asAnotherDesk();
    const { key } = await other<{ key: string }>("GET", "/api/v1/captcha");
    await other("POST", "/api/v1/token", {
      ...world.server.client,
      captcha: await world.server.captchaAnswer(key),
      key,
    });
    await recordMessages(app);
    await person.enter();
    await person.goTo("codes");
    await app.byRole("main").byRole("button", person.t("accounts.client.signIn")).clickFirst();
    const prompt = app.byRole("alertdialog", person.t("accounts.client.signIn"));
    await person.fillSignIn(prompt, world.server.client);
    const text = prompt.byRole("textbox", person.t("captcha.text"));
    await text.inSight();
    await prompt.byRole("button", person.t("signIn.submit")).inSight();
    await app.settled();
    await text.fill(
      await waitFor("the answer of the picture", async () => {
        const keys = (await recordedMessages(app)).flatMap((message) =>
          [...message.matchAll(/"key":\s*"([^"]+)"/gu)].map(([, each = ""]) => each),
        );
        const newest = keys.at(-1);
        return newest === undefined ? undefined : world.server.captchaAnswer(newest);
      }),
    );
    await text.press(Key.ENTER);
    await prompt.byRole("group", person.t("sessions.tooMany")).inSight();
    await prompt.byRole("button", person.t("signIn.submit")).inSight();
    await app.settled();
  });
});

describe("kept signed in", () => {
  const here = inWorld();

  beforeAll(async () => {
    await here.person.moveIn(["admin", "client"], { remember: true });
    await here.person.chooseIntercom("Подъезд 1");
  });

  test("a sign-in that ended renews itself while reading, without any question", async () => {
    const { app, person, world } = here;
    await world.server.expire("admin");
    await person.openFlat("45");
    await app.byRole("heading", person.t("lines.title")).wait();
    await world.server.expire("client");
    await person.goTo("codes");
    await app.byRole("grid", person.t("codes.title")).wait();
    await world.server.receives("sign_in_client", 2);
    await app.settled();
    expect(await app.byRole("alertdialog").count()).toBe(0);
    expect(await world.server.count("sign_in_admin")).toBe(2);
    expect(await world.server.count("sign_in_client")).toBe(2);
  });

  test("a write that met the end of a sign-in is offered again, and sent once by the person", async () => {
    const { app, person, world } = here;
    await person.goTo("buildings");
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("45");
    await person.prepareCode("Grandmother");
    await world.server.expire("admin");
    await person.sendCodeForm();
    const again = person.codeForm.byRole("button", person.t("issue.submitStopped"));
    await again.wait();
    expect(await app.byRole("alertdialog").count()).toBe(0);
    expect((await world.server.received("create_code_admin")).map(({ status }) => status)).toEqual([401]);
    await again.press(Key.ENTER);
    await person.issuedCode();
    expect((await world.server.received("create_code_admin")).map(({ status }) => status)).toEqual([
      401, 200,
    ]);
  });

  test("after a restart it still renews itself", async () => {
    const { person, world } = here;
    await world.server.expire("admin");
    await world.restart();
    await person.chooseIntercom("Подъезд 1");
    await person.openFlat("12");
    expect(await here.app.byRole("alertdialog").count()).toBe(0);
  });

  test("signing out ends the session at the server, and forgets the password", async () => {
    const { app, person, world } = here;
    await person.goTo("settings");
    await person.signOutButton("client").click();
    await app.shows(person.t("signOut.session.ended"));
    expect(await world.server.received("sign_out_client")).toMatchObject([{ status: 204 }]);

    const signIns = await world.server.count("sign_in_client");
    await world.restart();
    await person.goTo("codes");
    await here.app.shows(person.t("codes.noAccount"));
    expect(await world.server.count("sign_in_client")).toBe(signIns);
  });
});

describe("an admin token that lives for seconds", () => {
  const here = inWorld({ server: { args: ["--admin-token-life", "2"] } });

  test("is renewed as often as it ends, and nobody is asked", async () => {
    const { app, person, world } = here;
    await person.moveIn(["admin"], { remember: true });
    await person.chooseIntercom("Подъезд 1");
    const panel = app.byRole("region", person.t("flats.title"));
    await waitFor("a third sign-in", async () => {
      await panel.byRole("button", person.t("common.refresh")).click();
      expect(await app.byRole("alertdialog").count()).toBe(0);
      return (await world.server.count("sign_in_admin")) >= 3;
    });
  });
});

describe("two servers", () => {
  const here = inWorld();

  test("each has its own sign-ins, and one of them is in use", async () => {
    const { app, person, world } = here;
    await person.moveIn(["admin", "client"]);
    const other = await world.anotherServer({ args: ["--seed", "5", "--admin-login", "other@example.org"] });
    await person.goTo("settings");
    await app.byRole("link", person.t("settings.addServer")).click();
    await person.connect(other);
    await person.signIn("admin", { server: other });
    await person.enter();

    const choice = app.byRole("combobox", person.t("frame.server"));
    await choice.wait();
    const sum = async (call: Call) => [await world.server.count(call), await other.count(call)];
    expect(await sum("sign_in_client")).toEqual([1, 0]);

    // Codes of the first are not shown for the second, and its sign-ins are not used.
    await person.goTo("codes");
    await app.shows(person.t("codes.noAccount"));
    const before = await sum("list_codes");
    await choice.choose(new URL(world.server.address).host);
    await app.byRole("region", person.t("intercoms.title")).wait();
    await person.goTo("codes");
    await app.byRole("grid", person.t("codes.title")).wait();
    const after = await sum("list_codes");
    expect(after[0]).toBeGreaterThan(before[0] ?? 0);
    expect(after[1]).toBe(before[1]);
  });

  test("a sign-in that ends at one server asks nothing of the other", async () => {
    const { app, person, world } = here;
    await world.server.expire("client");
    await person.goTo("buildings");
    await person.goTo("codes");
    await app.byRole("region", person.t("codes.title")).byRole("button", person.t("common.refresh")).click();
    await person.signInAgain("client");
    await app.byRole("grid", person.t("codes.title")).wait();
  });
});
