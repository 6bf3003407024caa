/** Answers of the service worker: assets from its cache, and a page while DockStat cannot be reached. */
import { offlinePage } from "./offline_page.ts";

/** Start of the name of each cache; the scope of the worker follows, since a path may share its origin. */
export const CACHE_PREFIX = "dockstat assets ";
/** Policy of Trusted Types that only DockStat's page names. */
export const POLICY_NAME = "dockstat-worker";
/** Largest number of cached assets; the oldest are removed. */
const MOST_ASSETS = 200;
/** Names of assets change with their content. */
const HASHED = /^[\w.-]+-[\w-]{8}\.(?:js|css|woff2)$/;

/** Parts of the browser that the worker uses. */
export interface WorkerParts {
  /** Address of the page, with a slash at its end. */
  readonly scope: string;
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Removes the worker. */
  readonly leave: () => Promise<unknown>;
}

/** Answers requests. Only files whose names contain a hash are stored, never an answer to a request with a token. */
export class OfflineAnswers {
  readonly #cacheName: string;

  constructor(readonly parts: WorkerParts) {
    this.#cacheName = CACHE_PREFIX + parts.scope;
  }

  /** Returns the answer; `undefined` for requests that the browser sends itself. */
  answer(request: Request): Promise<Response> | undefined {
    if (request.method !== "GET" || request.headers.has("authorization")) return undefined;
    if (request.mode === "navigate" && withoutFragment(request.url) === this.parts.scope) {
      return this.#page(request);
    }
    return this.#isAsset(request) ? this.#asset(request) : undefined;
  }

  /** Removes everything that the worker has stored. */
  async forget(): Promise<void> {
    await this.parts.caches.delete(this.#cacheName);
  }

  #isAsset({ url, headers, cache }: Request): boolean {
    const folder = `${this.parts.scope}assets/`;
    return url.startsWith(folder) && HASHED.test(url.slice(folder.length)) && !headers.has("range") &&
      cache !== "no-store";
  }

  /** Another program on the same port has other pages; it must not inherit the worker. */
  async #page(request: Request): Promise<Response> {
    let response;
    try {
      response = await this.parts.fetch(request);
    } catch {
      return offlinePage();
    }
    const policy = response.headers.get("content-security-policy") ?? "";
    if (response.ok && !policy.includes(POLICY_NAME)) {
      await this.forget();
      await this.parts.leave();
    }
    return response;
  }

  async #asset(request: Request): Promise<Response> {
    const cache = await this.parts.caches.open(this.#cacheName);
    const found = await cache.match(request.url);
    if (found !== undefined) return found;
    const response = await this.parts.fetch(request);
    if (isStorable(response)) await store(cache, request.url, response.clone());
    return response;
  }
}

function isStorable({ status, type, headers }: Response): boolean {
  return status === 200 && type === "basic" && (headers.get("cache-control") ?? "").includes("immutable");
}

async function store(cache: Cache, url: string, response: Response): Promise<void> {
  try {
    await cache.put(url, response);
    const stored = await cache.keys();
    for (const old of stored.slice(0, Math.max(0, stored.length - MOST_ASSETS))) await cache.delete(old);
  } catch {
    // Without space the asset is fetched again.
  }
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, "");
}
