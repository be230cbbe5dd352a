// `specs/outcomes.spec.ts` in Russian.

import { beforeAll, expect, test } from "vitest";
import { inWorld } from "../../world/inWorld";
import { expectTold, outcomes } from "../../world/outcomes";
import { foreignWords } from "../../world/reading";

const here = inWorld({ language: "ru", server: { args: ["--no-admin-codes-list"] } });

beforeAll(async () => {
  await here.person.moveIn();
  await here.person.chooseIntercom("Подъезд 1");
});

test.each(outcomes.map((outcome) => [`${outcome.when} (${outcome.place})`, outcome] as const))(
  "when the server %s",
  async (_when, outcome) => {
    await expectTold(here, outcome, async () => {
      const building = /Courtyard|Parking|lower|level|spaces|basement/u;
      expect((await foreignWords(here.app, here.person)).filter((line) => !building.test(line))).toEqual([]);
    });
  },
);
