/** Downloads: random addresses, valid once, that replace the token where a browser cannot send it. */
import { encodeBase64Url } from "./credentials.ts";

/** Lifetime of an address, ms. */
const LIFE_MS = 60_000;
/** Maximum number of addresses that were not used yet; the oldest is dropped for a new one. */
const MAX_PENDING = 100;

interface Entry {
  readonly path: string;
  readonly expiresAt: number;
  /** Aborts when the credential that requested it ends. */
  readonly until: AbortSignal | undefined;
}

/** The addresses of a server, kept in memory. */
export class Downloads {
  readonly #entries = new Map<string, Entry>();

  /** @param now Current time, ms; the clock must not be set back. */
  constructor(readonly now: () => number = () => performance.now(), readonly max: number = MAX_PENDING) {}

  /**
   * Issues an address for a path with its query.
   *
   * @param until Ends the address when it aborts.
   * @returns 32 random bytes as base64url.
   */
  issue(path: string, until?: AbortSignal): string {
    for (const [id, entry] of this.#entries) if (this.#hasEnded(entry)) this.#entries.delete(id);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.max && oldest !== undefined) this.#entries.delete(oldest);
    const id = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    this.#entries.set(id, { path, expiresAt: this.now() + LIFE_MS, until });
    return id;
  }

  /** Returns the path of an address that is still valid, and leaves it valid. */
  peek(id: string): string | undefined {
    const entry = this.#entries.get(id);
    return entry === undefined || this.#hasEnded(entry) ? undefined : entry.path;
  }

  /** Returns the path of an address, once; `undefined` if it is unknown, used or has expired. */
  take(id: string): string | undefined {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    return entry === undefined || this.#hasEnded(entry) ? undefined : entry.path;
  }

  #hasEnded({ expiresAt, until }: Entry): boolean {
    return expiresAt <= this.now() || until?.aborted === true;
  }
}
