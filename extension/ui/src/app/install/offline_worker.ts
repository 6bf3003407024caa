/** Registration of the service worker, which opens the installed page without a connection. */
import { CACHE_PREFIX, POLICY_NAME } from "../../worker/offline_answers.ts";

/** File of the worker, beside the page. */
const FILE = "./sw.js";

/** Parts of the browser that the registration uses. */
export interface WorkerHost {
  /** `undefined` where the browser forbids workers, as on pages without TLS. */
  readonly workers: ServiceWorkerContainer | undefined;
  readonly caches: CacheStorage | undefined;
  readonly document: Document;
  /** Address of the page, with a slash at its end. */
  readonly base: string;
}

/** Returns the parts of this browser. */
export function workerHost(): WorkerHost {
  const { navigator, caches, document, location } = globalThis;
  return {
    workers: "serviceWorker" in navigator ? navigator.serviceWorker : undefined,
    caches: "caches" in globalThis ? caches : undefined,
    document,
    base: new URL("./", location.href).href,
  };
}

/** Registers the worker and names the app's manifest; does nothing where the browser forbids workers. */
export async function startWorker({ workers, document }: WorkerHost): Promise<void> {
  if (workers === undefined) return;
  if (document.querySelector("link[rel=manifest]") === null) document.head.append(manifestLink(document));
  try {
    await workers.register(trusted(FILE), { scope: "./" });
  } catch {
    // The browser's settings or a proxy forbid it: the page works without.
  }
}

/** Removes the worker and everything that it has stored. */
export async function forgetWorker({ workers, caches, base }: WorkerHost): Promise<void> {
  try {
    const registration = await workers?.getRegistration(base);
    if (registration?.scope === base) await registration.unregister();
    await caches?.delete(CACHE_PREFIX + base);
  } catch {
    // The browser's settings forbid workers: none is registered.
  }
}

/** A proxy may need cookies, which browsers otherwise do not send for a manifest. */
function manifestLink(document: Document): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.crossOrigin = "use-credentials";
  link.href = "./manifest.webmanifest";
  return link;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): {
    createScriptURL(url: string): string;
  };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** The page's policy admits no other script than the worker's. */
function trusted(file: typeof FILE): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy(POLICY_NAME, { createScriptURL: () => FILE });
  return policy?.createScriptURL(file) ?? file;
}
