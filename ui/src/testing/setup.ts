import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { pressAsPerson } from "./pace";

// The real window freezes it, so whatever breaks under that shall break here.
Object.freeze(Object.prototype);

/** jsdom lays nothing out; the virtual lists need a height to have rows in sight. */
const SIZE = { width: 1000, height: 600 };

Object.defineProperties(Element.prototype, {
  clientWidth: { configurable: true, get: () => SIZE.width },
  clientHeight: { configurable: true, get: () => SIZE.height },
});
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(globalThis, { ResizeObserver: Observer, IntersectionObserver: Observer });
Object.assign(Element.prototype, { scrollTo() {}, scrollIntoView() {} });

pressAsPerson();

// A busy computer needs longer to paint a first list; nothing waits longer than it has to.
configure({ asyncUtilTimeout: 5_000 });

beforeEach(() => {
  window.location.hash = "";
});

afterEach(() => {
  cleanup();
  delete document.documentElement.dataset.theme;
});
