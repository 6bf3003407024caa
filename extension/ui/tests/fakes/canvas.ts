/** Lets uPlot run without a browser, by replacing the drawing context. */
import { page } from "../window.ts";

/** Drawing context that draws nothing, since happy-dom has none. */
const context = new Proxy({}, {
  get: (_, name) => name === "measureText" ? () => ({ width: 0 }) : () => {},
  set: () => true,
});

class FakePath {
  moveTo(): void {}
  lineTo(): void {}
  rect(): void {}
  arc(): void {}
  closePath(): void {}
}

Object.defineProperty(page.HTMLCanvasElement.prototype, "getContext", { value: () => context });
Object.defineProperty(globalThis, "Path2D", { configurable: true, value: FakePath });
