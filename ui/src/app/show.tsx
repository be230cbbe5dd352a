import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { createCore } from "../core/CoreProvider";
import { holdBack, painted } from "../core/firstPaint";
import { readLater } from "../core/later";
import { App } from "./App";
import type { Opening } from "./opening";
import { wayIn } from "./wayIn";

/** Milliseconds for which the page stays empty: what is known so soon is drawn at once, instead of over a start's own screen. */
const AT_ONCE = 500;

/** Draws the window into the page. */
export async function show(opening: Opening): Promise<Root> {
  const page = document.getElementById("root");
  if (page === null) throw new Error("the page has no root element");
  if (navigator.userAgent.includes("Linux")) document.documentElement.dataset.desktop = "gtk";
  const core = createCore();
  const way = wayIn(core.queryClient, opening);
  const late = new Promise<null>((done) => setTimeout(() => done(null), AT_ONCE));
  // Whatever fails is told in the window.
  const known = await Promise.race([way.catch(() => null), late]);
  holdBack();
  void painted().then(readLater);
  const root = createRoot(page);
  // At once: as a task of its own it would come after a frame of the empty page.
  flushSync(() =>
    root.render(
      <StrictMode>
        <App core={core} way={way} known={known} />
      </StrictMode>,
    ),
  );
  return root;
}
