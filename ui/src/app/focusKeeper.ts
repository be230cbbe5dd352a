import { useEffect } from "react";

/**
 * Focus is never lost: when the element that had it is gone, the closest surviving place around it takes over, so that
 * the next Tab goes on from there instead of from the top of the window. What had the focus in a dialog gives it back
 * to what had it before the dialog, or to the closest place around that.
 *
 * Between leaving one element and reaching the next nothing has the focus, and what leaving set off may change the page
 * just then: that is no loss yet, and taking over would cut the way to the next element off.
 *
 * What the program focuses is always seen: a browser paints no ring there after a mouse was used, so it is marked here
 * and painted in `base.css`.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    let behindDialog: HTMLElement[] = [];
    let isPressing = false;
    let isOnItsWay = false;
    const remember = (event: FocusEvent) => {
      const target = event.target;
      isOnItsWay = false;
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
      if (event.relatedTarget === null) return;
      isOnItsWay = true;
      // Where it was going may be gone before it arrives.
      setTimeout(() => {
        if (!isOnItsWay) return;
        isOnItsWay = false;
        keep();
      });
    };
    const keep = () => {
      if (isOnItsWay) return;
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
    // Before whoever changes the page because of it.
    document.addEventListener("focusout", forget, true);
    window.addEventListener("pointerdown", press, true);
    for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, release, true);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", forget, true);
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
