/** Last resort for errors that no code handles: they are logged and counted, and the process continues. */
import { getLogger } from "./log.ts";

const log = getLogger(["dockstat"]);

/** Number of unhandled errors since the start; each one is a bug. */
export const unhandledErrors = { count: 0 };

/** Logs and counts unhandled rejections and uncaught errors until disposed, instead of ending the process. */
export function catchUnhandled(): Disposable {
  const onRejection = (event: PromiseRejectionEvent) => report(event, event.reason);
  const onError = (event: ErrorEvent) => report(event, event.error);
  globalThis.addEventListener("unhandledrejection", onRejection);
  globalThis.addEventListener("error", onError);
  return {
    [Symbol.dispose]() {
      globalThis.removeEventListener("unhandledrejection", onRejection);
      globalThis.removeEventListener("error", onError);
    },
  };
}

function report(event: Event, error: unknown): void {
  event.preventDefault();
  unhandledErrors.count++;
  log.error("Unhandled error, please report it: {error}", { error });
}
