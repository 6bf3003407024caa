/** Sessions of the dashboard: random secrets that replace the token in the browser, and can be revoked. */
import { builtin } from "../builtin.ts";
import { addSecret } from "../log/redact.ts";
import type { SessionStorage } from "../store/session_fallback.ts";
import type { SessionRecord } from "../store/session_store.ts";
import { encodeBase64Url } from "./credentials.ts";

/** Bounds of a session; options, so that tests need not wait. */
export interface SessionTimes {
  /** Time since the last use after which a session ends, ms. */
  readonly idleMs: number;
  /** Maximum lifetime, ms. */
  readonly lifeMs: number;
  /** Interval at which expired sessions are ended, ms. */
  readonly sweepMs: number;
}

const DAY_MS = 24 * 3_600_000;
const TIMES: SessionTimes = { idleMs: 30 * DAY_MS, lifeMs: 90 * DAY_MS, sweepMs: 60_000 };
/** Bounds under a base path, where other applications may share the origin: 12 h. */
export const SHARED_ORIGIN_TIMES: SessionTimes = { ...TIMES, idleMs: DAY_MS / 2, lifeMs: DAY_MS / 2 };
/** Uses within this time are stored once, ms. */
const TOUCH_MS = 60_000;
/** Maximum number of sessions; the least recently used ends for a new one. */
const MAX_SESSIONS = 200;

/** A new session with its secret, which is not stored. */
export interface OpenedSession extends SessionRecord {
  /** 32 random bytes as base64url. */
  readonly secret: string;
}

/** All sessions of a server. */
export class Sessions implements Disposable {
  /** Aborted when a session ends; its sockets are closed then. */
  readonly #ends = new Map<string, AbortController>();
  readonly #sweep: ReturnType<typeof setInterval>;

  readonly #stored: SessionStorage;
  #token: string;
  #isOpen = false;

  /**
   * Opens the stored sessions; those of another token end.
   *
   * @param token Text of the current token.
   */
  constructor(
    stored: SessionStorage,
    token: string,
    readonly times: SessionTimes = TIMES,
    readonly now: () => number = Date.now,
  ) {
    this.#stored = stored;
    this.#token = token;
    this.#sweep = setInterval(() => this.list(), times.sweepMs);
  }

  /** The stored sessions, without those of another token. */
  get #store(): SessionStorage {
    // At the first use, because the hash would delay the start.
    if (!this.#isOpen) this.#stored.removeOthers(hashOf(this.#token));
    this.#isOpen = true;
    return this.#stored;
  }

  /** Opens a session for a client that has presented the token. */
  open(): OpenedSession {
    for (const { id } of this.list().slice(MAX_SESSIONS - 1)) this.end(id);
    const secret = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    addSecret(secret);
    const now = this.now();
    const session = { id: crypto.randomUUID(), createdAt: now, lastUsedAt: now };
    this.#store.add(session, hashOf(secret), hashOf(this.#token));
    return { ...session, secret };
  }

  /** Finds a session by its secret and records its use; `undefined` if it is unknown or has ended. */
  find(secret: string): SessionRecord | undefined {
    const found = this.#store.find(hashOf(secret));
    if (found === undefined) return undefined;
    const now = this.now();
    if (this.expiresAt(found) <= now) {
      this.end(found.id);
      return undefined;
    }
    if (now - found.lastUsedAt < TOUCH_MS) return found;
    this.#store.touch(found.id, now);
    return { ...found, lastUsedAt: now };
  }

  /** Returns a signal that aborts when a session ends. */
  signalOf({ id }: SessionRecord): AbortSignal {
    const known = this.#ends.get(id) ?? new AbortController();
    this.#ends.set(id, known);
    return known.signal;
  }

  /** Returns the time at which a session ends without further use, epoch ms. */
  expiresAt({ createdAt, lastUsedAt }: SessionRecord): number {
    return Math.min(lastUsedAt + this.times.idleMs, createdAt + this.times.lifeMs);
  }

  /** Returns the sessions that have not ended, most recently used first; ends the expired ones. */
  list(): SessionRecord[] {
    const now = this.now();
    return this.#store.all().filter((session) => {
      if (this.expiresAt(session) > now) return true;
      this.end(session.id);
      return false;
    }).sort((one, other) => other.lastUsedAt - one.lastUsedAt);
  }

  /** Ends a session and its sockets; returns false if it does not exist. */
  end(id: string): boolean {
    const existed = this.#store.remove(id);
    this.#ends.get(id)?.abort();
    this.#ends.delete(id);
    return existed;
  }

  /** Ends all sessions; new ones belong to the given token. */
  endAll(token: string = this.#token): void {
    this.#token = token;
    for (const { id } of this.#store.all()) this.end(id);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#sweep);
  }
}

function hashOf(secret: string): string {
  return builtin("node:crypto").createHash("sha256").update(secret).digest("hex");
}
