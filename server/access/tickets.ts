/** Tickets: short-lived credentials, kept in memory, that open sockets for Docker Desktop's page. */
import { decodeBase64Url, encodeBase64Url, sameSecret } from "./credentials.ts";

/** A ticket and the origin of its page. */
export interface Ticket {
  /** 32 random bytes as base64url. */
  readonly text: string;
  /** Origin of the page, normalized by {@linkcode normalizeOrigin}. */
  readonly origin: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Aborts when the ticket expires or is revoked; its sockets are closed then. */
  readonly signal: AbortSignal;
}

interface Entry extends Ticket {
  readonly end: () => void;
}

/** Lifetime of a ticket, ms. */
const LIFE_MS = 10 * 60_000;
/** Maximum number of tickets; the oldest is revoked for a new one. */
const MAX_TICKETS = 200;

/** All tickets of a server. Disposing it revokes them. */
export class Tickets implements Disposable {
  readonly #entries = new Map<string, Entry>();

  constructor(readonly lifeMs: number = LIFE_MS, readonly max: number = MAX_TICKETS) {}

  /** Issues a ticket to a page of this origin. */
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
    if (this.#entries.size > this.max) oldest?.end();
    return entry;
  }

  /** Finds a ticket by its text, plain or base64url-encoded; `undefined` if it is unknown or has expired. */
  find(presented: string): Ticket | undefined {
    const decoded = decodeBase64Url(presented);
    let found: Ticket | undefined;
    for (const entry of this.#entries.values()) {
      if (sameSecret(presented, entry.text) || sameSecret(decoded, entry.text)) found = entry;
    }
    // Timers pause while the machine sleeps.
    if (found !== undefined && found.expiresAt <= Date.now()) this.#entries.get(found.text)?.end();
    return found?.signal.aborted ? undefined : found;
  }

  [Symbol.dispose](): void {
    for (const entry of this.#entries.values()) entry.end();
  }
}

/** Normalizes an origin: a page from a file calls itself `file://`, but its browser sends `null`. */
export function normalizeOrigin(origin: string): string {
  return origin === "null" ? "file://" : origin;
}
