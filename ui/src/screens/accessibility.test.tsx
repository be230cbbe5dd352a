import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import type { LanguageChoice } from "../core/bindings/LanguageChoice";
import { commandError, createFakeCore } from "../dev/fakeCore";
import { makeServer } from "../dev/fakeServers";
import { openWindow } from "../testing/window";

type Opened = ReturnType<typeof openWindow>;
type Form = {
  name: string;
  at: string;
  core?: () => ReturnType<typeof createFakeCore>;
  /** What is done before anybody looks; roles only, so that it serves both languages. */
  steps: (opened: Opened) => Promise<void>;
};

const noAdmin = () => createFakeCore({ servers: [{ ...makeServer("demo"), admin: null, client: null }] });
const failed = (...names: string[]) => {
  const core = createFakeCore();
  for (const name of names)
    core.next(name, { fail: commandError("never_reached", { host: "h", why: "dns" }) });
  return core;
};

const FORMS: Form[] = [
  {
    name: "an intercom's keys",
    at: "/buildings?intercom=1&keys=true",
    steps: async () => void (await screen.findByRole("row", { name: /0000003001CAA0/ })),
  },
  {
    name: "a switched line in its row",
    at: "/buildings",
    steps: async ({ user }) => {
      await screen.findByRole("row", { name: / 1$/ });
      await user.click(screen.getAllByRole("switch")[0] as HTMLElement);
      await screen.findByRole("img");
    },
  },
  {
    name: "a door number",
    at: '/buildings?intercom=1&door="5"',
    core: noAdmin,
    steps: async () => void (await screen.findAllByRole("group")),
  },
  {
    name: "the card of a flat that was found",
    at: "/buildings?intercom=1",
    steps: async ({ user }) => {
      await user.keyboard("{Control>}k{/Control}45");
      await screen.findAllByRole("option");
      await user.keyboard("{Enter}");
      await within(await screen.findByRole("dialog")).findAllByRole("listitem");
    },
  },
  {
    name: "an intercom's short name",
    at: "/buildings?intercom=1",
    steps: async ({ user }) => {
      await user.click(await screen.findByTitle(/Short name|Короткое имя/u));
      await screen.findByRole("dialog");
    },
  },
  {
    name: "adding an intercom",
    at: "/buildings",
    steps: async ({ user }) => {
      const list = (await screen.findAllByRole("region"))[0] as HTMLElement;
      await user.click(list.querySelector("[aria-expanded]") as HTMLElement);
      await screen.findAllByRole("radio");
    },
  },
  {
    name: "lists that failed",
    at: "/buildings?intercom=1",
    core: () => failed("load_intercoms", "load_flats"),
    steps: async () => void (await screen.findAllByRole("alert")),
  },
  {
    name: "an open code and a selection",
    at: "/codes",
    steps: async ({ user }) => {
      await user.click(await screen.findByRole("row", { name: /Plumber/ }));
      await user.keyboard(" ");
      await screen.findByRole("checkbox", { checked: true });
      await screen.findByRole("heading", { name: "Plumber" });
    },
  },
  {
    name: "the question before a deletion",
    at: "/codes",
    steps: async ({ user }) => {
      await screen.findByRole("row", { name: /Plumber/ });
      screen.getByRole("grid").focus();
      await user.keyboard("{Delete}");
      await screen.findByRole("alertdialog");
    },
  },
  {
    name: "the results of a deletion",
    at: "/codes",
    core: () => failed("delete_codes"),
    steps: async ({ user }) => {
      await screen.findByRole("row", { name: /Plumber/ });
      screen.getByRole("grid").focus();
      await user.keyboard("{ArrowDown}{Delete}");
      await screen.findByRole("alertdialog");
      await user.keyboard("{Tab}{Enter}");
      await screen.findByRole("alert");
    },
  },
  {
    name: "what a search found",
    at: "/buildings",
    steps: async ({ user }) => {
      await screen.findByRole("row", { name: / 1$/ });
      await user.keyboard("/");
      await user.keyboard("4");
      await screen.findAllByRole("option");
    },
  },
  {
    name: "a search that found nothing",
    at: "/settings",
    steps: async ({ user }) => {
      await screen.findAllByRole("group");
      await user.keyboard("/");
      await user.keyboard("qqqq");
      await screen.findByText(/qqqq/u);
    },
  },
  {
    name: "an issued code",
    at: "/buildings?intercom=1&flat=507",
    steps: async ({ user }) => {
      await screen.findByRole("heading", { level: 1, name: /Flat|Квартира/u });
      await user.keyboard("i{Enter}");
      await screen.findByText("93 552");
    },
  },
];

describe.each([
  ["light", "en"],
  ["dark", "ru"],
] as const)("in the %s theme and in %s", (theme, language: LanguageChoice) => {
  test.each(FORMS)("$name has no accessibility fault", async ({ at, core: make, steps }) => {
    const core = make?.() ?? createFakeCore();
    core.state.preferences = { ...core.state.preferences, theme, language };
    await steps(openWindow({ core, at }));
    const found = await axe.run(document.documentElement, {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
  });
});
