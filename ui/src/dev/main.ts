import { createFakeCore } from "./fakeCore";
import { makeServer } from "./fakeServers";

// The real window freezes this too; what does not survive it must not be used.
Object.freeze(Object.prototype);

const wanted = new URLSearchParams(location.search);
// The wishes are for this page; the routes read the rest of the address.
history.replaceState(null, "", `${location.pathname}${location.hash}`);
const core = createFakeCore({
  servers: wanted.has("fresh") ? [] : [makeServer("demo")],
  keyring: wanted.has("nokeyring") ? "unavailable" : "available",
});
const theme = wanted.get("theme");
const language = wanted.get("lang");
core.state.preferences = {
  ...core.state.preferences,
  theme: theme === "light" || theme === "dark" ? theme : "system",
  language: language === "en" || language === "ru" ? language : "system",
};
Object.assign(window, core.internals, { fakeCore: core });

await import("../main");
