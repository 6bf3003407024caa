/** Tickets: what opens a socket for a page that cannot hold the token. They live for minutes, in memory only. */
import { decodeBase64Url, encodeBase64Url, sameSecret } from "./credentials.ts";

/** A ticket, and the page that it was given to. */
export interface Ticket {
  /** 32 random bytes as base64url. */
  readonly text: string;
  /** The origin of the page, as {@linkcode normalizeOrigin} has it. */
  readonly origin: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Aborts when it expires or is revoked: sockets that it opened end with it. */
  readonly signal: AbortSignal;
}

interface Entry extends Ticket {
  readonly end: () => void;
}

/** How long a ticket lives, ms. */
const LIFE_MS = 10 * 60_000;
/** So many live at once; the oldest is revoked for a new one. */
const MOST = 200;

/** All tickets of a server. Disposing it revokes them. */
export class Tickets implements Disposable {
  readonly #entries = new Map<string, Entry>();

  constructor(readonly lifeMs: number = LIFE_MS, readonly most: number = MOST) {}

  /** Makes a ticket for a page of this origin. */
  issue(origin: string): Ticket {
    const text = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      this.#entries.delete(text);
      controller.abort();
    };
    const timer = setTimeout(end, this.lifeMs);
    const expiresAt = Date.now() + this.lifeMs;
    const entry = { text, origin: normalizeOrigin(origin), expiresAt, signal: controller.signal, end };
    this.#entries.set(text, entry);
    const [oldest] = this.#entries.values();
    if (this.#entries.size > this.most) oldest?.end();
    return entry;
  }

  /** The ticket that a client presents, as it was given or encoded once more; `undefined` when there is none such. */
  find(presented: string): Ticket | undefined {
    const decoded = decodeBase64Url(presented);
    let found: Ticket | undefined;
    for (const entry of this.#entries.values()) {
      if (sameSecret(presented, entry.text) || sameSecret(decoded, entry.text)) found = entry;
    }
    // A machine that slept has not counted the time.
    if (found !== undefined && found.expiresAt <= Date.now()) this.#entries.get(found.text)?.end();
    return found?.signal.aborted ? undefined : found;
  }

  [Symbol.dispose](): void {
    for (const entry of this.#entries.values()) entry.end();
  }
}

/** A page from a file says `file://` of itself, and its browser sends `null`. */
export function normalizeOrigin(origin: string): string {
  return origin === "null" ? "file://" : origin;
}
