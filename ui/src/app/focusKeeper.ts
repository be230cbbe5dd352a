import { useEffect } from "react";

/**
 * Focus is never lost: when the element that had it is gone, the closest surviving place around it takes over, so that
 * the next Tab goes on from there instead of from the top of the window. What had the focus in a dialog gives it back
 * to what had it before the dialog, or to the closest place around that.
 *
 * What the program focuses is always seen: a browser paints no ring there after a mouse was used, so it is marked here
 * and painted in `base.css`.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    let behindDialog: HTMLElement[] = [];
    let isPressing = false;
    const remember = (event: FocusEvent) => {
      const target = event.target;
      if (!(target instanceof HTMLElement)) return;
      if (!isPressing) target.setAttribute(RINGED, "");
      around = placesAround(target);
      // What guards the way out of a dialog is no place to come back to.
      if (target.closest(DIALOG) === null && !target.hasAttribute("data-base-ui-focus-guard")) {
        behindDialog = [target, ...around];
      }
    };
    const forget = (event: FocusEvent) => {
      if (event.target instanceof HTMLElement) event.target.removeAttribute(RINGED);
    };
    const keep = () => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const main = document.querySelector<HTMLElement>("main");
      const places = [...around, ...behindDialog, ...(main === null ? [] : [main])];
      places.find((place) => place.isConnected)?.focus({ preventScroll: true });
    };
    const press = () => {
      isPressing = true;
    };
    const release = () => {
      isPressing = false;
    };
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", forget);
    window.addEventListener("pointerdown", press, true);
    for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, release, true);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", forget);
      window.removeEventListener("pointerdown", press, true);
      for (const end of ["pointerup", "pointercancel", "blur"])
        window.removeEventListener(end, release, true);
    };
  }, []);
}

const RINGED = "data-ringed";
const DIALOG = "[role=dialog], [role=alertdialog]";

function placesAround(target: HTMLElement): HTMLElement[] {
  const places: HTMLElement[] = [];
  for (let place = target.parentElement; place !== null; place = place.parentElement) {
    if (place.hasAttribute("tabindex")) places.push(place);
  }
  return places;
}
