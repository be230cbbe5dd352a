import { useEffect } from "react";

/**
 * Focus is never lost: when the element that had it is gone, the closest surviving place around it takes over, so that
 * the next Tab goes on from there instead of from the top of the window.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    const remember = (event: FocusEvent) => {
      around = [];
      const start = event.target instanceof HTMLElement ? event.target.parentElement : null;
      for (let place = start; place !== null; place = place.parentElement) {
        if (place.hasAttribute("tabindex")) around.push(place);
      }
    };
    const keep = () => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      around.find((place) => place.isConnected)?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
    };
  }, []);
}
