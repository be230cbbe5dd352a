import "./base.css";
import { askForFirstSight } from "./app/opening";

// The core looks it up while the rest of the window is being read.
const opening = askForFirstSight();
const { show } = await import("./app/show");
await show(opening);
