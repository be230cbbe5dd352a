import { expect, test } from "vitest";
import { forms, leaksIn } from "../world/secrets";

const secret = "pa+ss/wörd & 7f3a";

test.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify({ password: secret })],
  ["in a query", new URLSearchParams({ password: secret }).toString()],
  ["in a path", encodeURIComponent(secret)],
  ["in hexadecimal", Buffer.from(`xx${secret}`).toString("hex")],
  ["in Base64, alone", Buffer.from(secret).toString("base64")],
  ["in Base64, after one byte", Buffer.from(`x${secret}y`).toString("base64")],
  ["in Base64, after two bytes", Buffer.from(`xx${secret}yz`).toString("base64")],
  ["in URL-safe Base64", Buffer.from(`login:${secret}`).toString("base64url")],
])("a secret is found %s", (_how, text) => {
  expect(leaksIn("here", `before ${text} after`, { password: secret })).toMatchObject([
    { secret: "password", place: "here" },
  ]);
});

test("a secret is found in UTF-16", () => {
  expect(leaksIn("here", Buffer.from(secret, "utf16le"), { password: secret })).toHaveLength(1);
});

test("no secret is found where there is none, and no form is so short that it is found by chance", () => {
  expect(leaksIn("here", "pa+ss and nothing else", { password: secret })).toEqual([]);
  for (const [, form] of forms(secret)) expect(form.length).toBeGreaterThan(12);
});
