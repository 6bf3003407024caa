/** The session of this browser: opened with the token, kept in its storage, and sent with every request. */
import { Observable } from "./observable.ts";

/** Part of `Storage` that a session needs. */
export type SessionStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "dockstat.session";

/** Secret of the current session. It is bound to the origin, port included, unlike a cookie. */
export class Session {
  /** The secret; `undefined` without a session. */
  readonly secret: Observable<string | undefined>;

  /** @param storage Where the secret outlives the page; `undefined` keeps it in memory. */
  constructor(readonly storage: SessionStorage | undefined) {
    this.secret = new Observable(attempt(() => storage?.getItem(KEY) ?? undefined));
  }

  /** Uses and stores the secret of a new session. */
  start(secret: string): void {
    this.secret.set(secret);
    attempt(() => this.storage?.setItem(KEY, secret));
  }

  /** Forgets the secret. */
  end(): void {
    this.secret.set(undefined);
    attempt(() => this.storage?.removeItem(KEY));
  }

  /** Returns the header for requests. */
  headers(): Readonly<Record<string, string>> {
    const secret = this.secret.value;
    return secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  }

  /** Returns the subprotocols for sockets, which cannot send headers. */
  protocols(): readonly string[] {
    const secret = this.secret.value;
    return secret === undefined ? ["dockstat.v1"] : ["dockstat.v1", `token.${base64Url(secret)}`];
  }
}

/** Storages of a page. */
export interface PageStorages {
  readonly localStorage: Storage;
  readonly sessionStorage: Storage;
}

/** Lifetime of a session under a path, ms. */
const SHARED_MS = 12 * 3_600_000;

/**
 * Returns where a page keeps its session: `localStorage`, or under a path, where other applications share the origin,
 * `sessionStorage` for 12 hours. `undefined` where the browser refuses it.
 *
 * @param base Base URL of the page.
 */
export function sessionStorageOf(
  page: PageStorages,
  base: string,
  now: () => number = Date.now,
): SessionStorage | undefined {
  // Reading the property throws where the storage is blocked.
  if (new URL(base).pathname === "/") return attempt(() => page.localStorage);
  const storage = attempt(() => page.sessionStorage);
  return storage && expiring(storage, now);
}

/** Wraps a storage so that items are gone after 12 hours. */
function expiring(storage: SessionStorage, now: () => number): SessionStorage {
  const until = (key: string) => `${key}.until`;
  const removeItem = (key: string) => {
    storage.removeItem(key);
    storage.removeItem(until(key));
  };
  return {
    getItem: (key) => {
      if (Number(storage.getItem(until(key))) > now()) return storage.getItem(key);
      removeItem(key);
      return null;
    },
    setItem: (key, value) => {
      storage.setItem(until(key), String(now() + SHARED_MS));
      storage.setItem(key, value);
    },
    removeItem,
  };
}

/**
 * Splits the fragment of a link that the server printed, such as `#token=abc` or `#token=abc#/stacks`.
 *
 * @returns The token, and the fragment that the address keeps; `undefined` for any other fragment.
 */
export function tokenOf(hash: string): { readonly token: string; readonly rest: string } | undefined {
  const [, encoded, rest = ""] = /^#token=([^#]+)(#.*)?$/.exec(hash) ?? [];
  const token = encoded === undefined ? undefined : attempt(() => decodeURIComponent(encoded));
  return token === undefined ? undefined : { token, rest };
}

function base64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Browsers may refuse the storage, and an address may be malformed. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
