import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import type { CommandError } from "../core/bindings/CommandError";
import { appState } from "../core/bindings/commands";
import { type Core, CoreProvider } from "../core/CoreProvider";
import { toCommandError } from "../core/errors";
import { releaseOncePainted } from "../core/firstPaint";
import { AppStateContext } from "../core/useAppState";
import { useRead } from "../core/useRead";
import { DraftsProvider } from "../screens/issue/drafts";
import { LanguageProvider } from "./language";
import type { Router } from "./routes";
import { Starting } from "./Starting";
import { ShortcutsProvider } from "./shortcuts";
import { SignInPrompt } from "./signIn/SignInPrompt";
import { useTheme } from "./theme";

type AppProps = {
  core: Core;
  /** The way through the window; `known`: the same where it is known already. */
  way: Promise<Router>;
  known: Router | null;
};

export function App({ core, way, known }: AppProps) {
  return (
    <CoreProvider core={core}>
      <WithState way={way} known={known}>
        {(router) => (
          <ShortcutsProvider>
            <DraftsProvider>
              <RouterProvider router={router} />
              <SignInPrompt />
            </DraftsProvider>
          </ShortcutsProvider>
        )}
      </WithState>
    </CoreProvider>
  );
}

/** Nothing of the window makes sense before the core has said what it knows. */
function WithState({
  way,
  known,
  children,
}: Omit<AppProps, "core"> & { children: (router: Router) => ReactNode }) {
  const [router, setRouter] = useState(known);
  const [lost, setLost] = useState<CommandError | null>(null);
  useEffect(() => {
    way.then(setRouter, (thrown: unknown) => setLost(toCommandError(thrown)));
  }, [way]);
  const state = useRead(appState, null, { enabled: router !== null });
  const [systemLanguage] = useState(() => navigator.language);
  useLayoutEffect(releaseOncePainted, []);
  useTheme(state.data?.preferences.theme ?? "system");
  if (state.data === undefined || router === null) {
    return (
      <LanguageProvider key="starting" preference="system" systemLanguage={systemLanguage}>
        <Starting
          failed={lost ?? state.error}
          onRetry={() => (lost === null ? void state.refetch() : location.reload())}
        />
      </LanguageProvider>
    );
  }
  return (
    <LanguageProvider
      key="started"
      preference={state.data.preferences.language}
      systemLanguage={systemLanguage}
    >
      <AppStateContext value={state.data}>{children(router)}</AppStateContext>
    </LanguageProvider>
  );
}
