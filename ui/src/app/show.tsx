import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createCore } from "../core/CoreProvider";
import { holdBack } from "../core/firstPaint";
import { App } from "./App";
import { firstSight } from "./firstSight";
import type { Opening } from "./opening";

/** Milliseconds for which the page stays empty: what is known so soon is drawn at once, instead of over a start's own screen. */
const AT_ONCE = 500;

/** Draws the window into the page. */
export async function show(opening: Opening): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no root element");
  if (navigator.userAgent.includes("Linux")) document.documentElement.dataset.desktop = "gtk";
  const core = createCore();
  const way = firstSight(core.queryClient, opening);
  const late = new Promise<null>((done) => setTimeout(() => done(null), AT_ONCE));
  const known = await Promise.race([way, late]);
  holdBack();
  createRoot(root).render(
    <StrictMode>
      <App core={core} way={way} known={known} />
    </StrictMode>,
  );
}
