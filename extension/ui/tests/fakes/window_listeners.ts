/** Counts the listeners on the window, so that a test can show that a component removes its own. */
import "../window.ts";

/** Number of listeners per event type. */
export const windowListeners = new Map<string, number>();

for (const [name, change] of [["addEventListener", 1], ["removeEventListener", -1]] as const) {
  const original: (type: string, ...rest: unknown[]) => void = globalThis[name] as never;
  const counting = (type: string, ...rest: unknown[]) => {
    windowListeners.set(type, (windowListeners.get(type) ?? 0) + change);
    original(type, ...rest);
  };
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: counting });
}
