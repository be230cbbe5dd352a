import "./base.css";
import { askForFirstSight } from "./app/opening";
import { beginHearing } from "./core/events";

beginHearing();
// The core looks it up while the rest of the window is being read.
const opening = askForFirstSight();
// Not waited for: what is shared by both scripts may come to lie in this one, which would then wait for itself.
void import("./app/show").then(({ show }) => show(opening));
