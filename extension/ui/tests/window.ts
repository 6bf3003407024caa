/**
 * A browser window for tests of components. Its globals must exist before React and MUI are loaded, since both check
 * for a DOM once, at import. Import `dom.ts`, which imports this file first.
 */
import { Window } from "happy-dom";

/** Size of every element in pixels: happy-dom has no layout, and a virtual list of height 0 renders no rows. */
const SIZE = { width: 800, height: 600 };

/** Constructors and objects that the page, React, MUI, CodeMirror, and the testing library read from the global scope. */
const NAMES = [
  "document",
  "navigator",
  "location",
  "history",
  "localStorage",
  "Element",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLTextAreaElement",
  "HTMLIFrameElement",
  "SVGElement",
  "Node",
  "Text",
  "Range",
  "Document",
  "DocumentFragment",
  "InputEvent",
  "KeyboardEvent",
  "MouseEvent",
  "FocusEvent",
  "UIEvent",
  "HashChangeEvent",
  "MutationObserver",
  "ResizeObserver",
  "IntersectionObserver",
  "DOMRect",
  "getComputedStyle",
  "getSelection",
  "matchMedia",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "addEventListener",
  "removeEventListener",
  "innerWidth",
  "innerHeight",
  "devicePixelRatio",
] as const;

/** The window that all tests of a file share. */
export const page = new Window({ url: "http://127.0.0.1:9876/", ...SIZE });

function valueOf(name: (typeof NAMES)[number]): unknown {
  const value: unknown = Reflect.get(page, name);
  const isMethod = typeof value === "function" && !/^[A-Z]/.test(name);
  if (!isMethod) return value;
  return value.bind(page);
}

for (const name of NAMES) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: valueOf(name) });
}
Object.defineProperty(globalThis, "origin", { configurable: true, value: page.location.origin });
Object.defineProperty(globalThis, "window", { configurable: true, value: globalThis });

for (const kind of ["offset", "client"] as const) {
  for (const [side, value] of [["Width", SIZE.width], ["Height", SIZE.height]] as const) {
    Object.defineProperty(page.HTMLElement.prototype, kind + side, { configurable: true, get: () => value });
  }
}

// A new window starts timers, which must not end during the first test of a file.
await page.happyDOM.waitUntilComplete();
