import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { appState } from "../core/bindings/commands";
import { CoreProvider } from "../core/CoreProvider";
import { AppStateContext } from "../core/useAppState";
import { useRead } from "../core/useRead";
import { DraftsProvider } from "../screens/issue/drafts";
import { useFirstSight } from "./firstSight";
import { LanguageProvider } from "./language";
import type { Opening } from "./opening";
import type { Router } from "./routes";
import { Starting } from "./Starting";
import { ShortcutsProvider } from "./shortcuts";
import { SignInPrompt } from "./signIn/SignInPrompt";
import { useTheme } from "./theme";

/** The window. `opening`: what it shows first, already asked for. */
export function App({ opening }: { opening: Opening }) {
  return (
    <CoreProvider>
      <WithState opening={opening}>
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
function WithState({ opening, children }: { opening: Opening; children: (router: Router) => ReactNode }) {
  const router = useFirstSight(opening);
  const state = useRead(appState, null, { enabled: router !== null });
  const [systemLanguage] = useState(() => navigator.language);
  useTheme(state.data?.preferences.theme ?? "system");
  if (state.data === undefined || router === null) {
    return (
      <LanguageProvider key="starting" preference="system" systemLanguage={systemLanguage}>
        <Starting failed={state.error} onRetry={() => void state.refetch()} />
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
