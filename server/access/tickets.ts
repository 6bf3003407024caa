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
  /** Path of the terminal that it opens, once and nothing else; `undefined` for a ticket that opens the sockets. */
  readonly terminal: string | undefined;
  /** Revokes the ticket. */
  readonly end: () => void;
}

/** Lifetime of a ticket, ms. */
const LIFE_MS = 10 * 60_000;
/** Lifetime of a ticket for a terminal, ms. */
const TERMINAL_LIFE_MS = 30_000;
/** Maximum number of tickets; the oldest is revoked for a new one. */
const MAX_TICKETS = 200;

/** All tickets of a server. Disposing it revokes them. */
export class Tickets implements Disposable {
  readonly #entries = new Map<string, Ticket>();

  constructor(readonly lifeMs: number = LIFE_MS, readonly max: number = MAX_TICKETS) {}

  /**
   * Issues a ticket to a page of this origin.
   *
   * @param terminal Path of the only terminal that it opens.
   */
  issue(origin: string, terminal?: string): Ticket {
    const lifeMs = terminal === undefined ? this.lifeMs : Math.min(this.lifeMs, TERMINAL_LIFE_MS);
    const text = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      this.#entries.delete(text);
      controller.abort();
    };
    const timer = setTimeout(end, lifeMs);
    const expiresAt = Date.now() + lifeMs;
    const { signal } = controller;
    const entry: Ticket = { text, origin: normalizeOrigin(origin), expiresAt, signal, terminal, end };
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
