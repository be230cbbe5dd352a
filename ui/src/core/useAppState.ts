import { createContext, useContext } from "react";
import type { AppState } from "./bindings/AppState";
import type { ServerView } from "./bindings/ServerView";

export const AppStateContext = createContext<AppState | null>(null);

/** The state of the application; only rendered once it is known. */
export function useAppState(): AppState {
  const state = useContext(AppStateContext);
  if (state === null) throw new Error("the application's state is not known yet");
  return state;
}

export function useServer(id: string | null | undefined): ServerView | null {
  return useAppState().servers.find((server) => server.id === id) ?? null;
}

export function useActiveServer(): ServerView | null {
  return useServer(useAppState().active);
}

/** What a server's accounts allow; every button that needs an account asks here and otherwise shows the reason. */
export function abilities(server: ServerView) {
  return {
    codeForFlat: server.admin !== null,
    codeForIntercom: server.client !== null,
    flatDetails: server.admin !== null,
    lines: server.billing.kind === "admin" ? server.admin !== null : true,
  };
}
