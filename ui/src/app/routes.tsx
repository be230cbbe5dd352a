import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from "@tanstack/react-router";
import * as v from "valibot";
import { later } from "../core/later";
import { useActiveServer } from "../core/useAppState";
import { BuildingsScreen } from "../screens/buildings/BuildingsScreen";
import { SECTIONS } from "../screens/settings/sections";
import { Frame } from "./Frame";

const CodesScreen = later(async () => (await import("../screens/codes/CodesScreen")).CodesScreen);
// Nobody waits for what few look at: these are read when somebody goes there.
const ConnectScreen = lazyRouteComponent(() => import("../screens/connect/ConnectScreen"), "ConnectScreen");
const SettingsScreen = lazyRouteComponent(
  () => import("../screens/settings/SettingsScreen"),
  "SettingsScreen",
);

/** A part of an address that cannot be read is as good as absent. */
const id = v.fallback(v.optional(v.number()), undefined);

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <Navigate to="/" replace />,
});

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: "/",
    component: Start,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/connect",
    component: ConnectScreen,
    validateSearch: v.object({ server: v.fallback(v.optional(v.string()), undefined) }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/buildings",
    component: BuildingsScreen,
    validateSearch: v.object({
      intercom: id,
      flat: id,
      door: v.fallback(v.optional(v.string()), undefined),
      keys: v.fallback(v.optional(v.boolean()), undefined),
      code: v.fallback(v.optional(v.boolean()), undefined),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/codes",
    component: CodesScreen,
    validateSearch: v.object({
      row: v.fallback(v.optional(v.string()), undefined),
      show: v.fallback(v.optional(v.picklist(["all", "live", "ended", "unresolved"])), undefined),
      new: v.fallback(v.optional(v.boolean()), undefined),
    }),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings",
    component: SettingsScreen,
    validateSearch: v.object({ section: v.fallback(v.optional(v.picklist(SECTIONS)), undefined) }),
  }),
]);

/** Where the window opens: at the buildings, or where the first server is connected. */
function Start() {
  return <Navigate to={useActiveServer() === null ? "/connect" : "/buildings"} replace />;
}

export type Router = ReturnType<typeof createRoutes>;

export function createRoutes() {
  return createRouter({ routeTree, history: createHashHistory(), defaultPreload: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: Router;
  }
}
