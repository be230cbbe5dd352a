import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { appState } from "../core/bindings/commands";
import { CoreProvider } from "../core/CoreProvider";
import { AppStateContext } from "../core/useAppState";
import { useRead } from "../core/useRead";
import { DraftsProvider } from "../screens/issue/drafts";
import { useFirstSight } from "./firstSight";
import { LanguageProvider } from "./language";
import type { Router } from "./routes";
import { Starting } from "./Starting";
import { ShortcutsProvider } from "./shortcuts";
import { SignInPrompt } from "./signIn/SignInPrompt";
import { useTheme } from "./theme";

export function App() {
  return (
    <CoreProvider>
      <WithState>
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
function WithState({ children }: { children: (router: Router) => ReactNode }) {
  const state = useRead(appState, null);
  const router = useFirstSight();
  const [systemLanguage] = useState(() => navigator.language);
  useTheme(state.data?.preferences.theme ?? "system");
  return (
    <LanguageProvider
      preference={state.data?.preferences.language ?? "system"}
      systemLanguage={systemLanguage}
    >
      {state.data === undefined || router === null ? (
        <Starting failed={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <AppStateContext value={state.data}>{children(router)}</AppStateContext>
      )}
    </LanguageProvider>
  );
}
