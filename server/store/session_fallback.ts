/** Sessions in the database, and in memory while it cannot be written. */
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { openDatabase } from "./database.ts";
import { type SessionRecord, SessionStore } from "./session_store.ts";

/** Storage of sessions. */
export type SessionStorage = Omit<SessionStore, "database" | "others">;

const log = getLogger(["dockstat", "store"]);

/** Signing in and out works without a writable data folder; a restart then forgets it. */
export class SessionFallback implements SessionStorage, Disposable {
  /** Exists once the database could not be written. */
  #memory: SessionStore | undefined;
  /** Ids of stored sessions that have ended but could not be deleted. */
  readonly #ended = new Set<string>();
  #warned = false;

  constructor(readonly stored: SessionStore) {}

  /** Stores a new session. */
  add(session: SessionRecord, hash: string, tokenHash: string): void {
    const isStored = this.#tries(() => this.stored.add(session, hash, tokenHash));
    if (isStored) return;
    this.#memory ??= new SessionStore(openDatabase(":memory:"));
    this.#memory.add(session, hash, tokenHash);
  }

  /** Returns the session with the hash of a secret; `undefined` if it does not exist. */
  find(hash: string): SessionRecord | undefined {
    const found = this.stored.find(hash) ?? this.#memory?.find(hash);
    return found === undefined || this.#ended.has(found.id) ? undefined : found;
  }

  /** Returns all sessions, newest first. */
  all(): SessionRecord[] {
    const all = [...this.stored.all(), ...this.#memory?.all() ?? []].filter(({ id }) => !this.#ended.has(id));
    return all.sort((one, other) => other.createdAt - one.createdAt);
  }

  /** Stores the time at which a session was last used. */
  touch(id: string, lastUsedAt: number): void {
    this.#tries(() => this.stored.touch(id, lastUsedAt));
    this.#memory?.touch(id, lastUsedAt);
  }

  /** Deletes a session; returns false if it does not exist. */
  remove(id: string): boolean {
    const existed = this.all().some((session) => session.id === id);
    this.#memory?.remove(id);
    if (!this.#tries(() => this.stored.remove(id))) this.#ended.add(id);
    return existed;
  }

  /** Deletes the sessions that were opened with another token. */
  removeOthers(tokenHash: string): void {
    this.#memory?.removeOthers(tokenHash);
    if (this.#tries(() => this.stored.removeOthers(tokenHash))) return;
    for (const id of this.stored.others(tokenHash)) this.#ended.add(id);
  }

  [Symbol.dispose](): void {
    this.#memory?.database.close();
  }

  /** @returns false if the database cannot be written, of which the log warns once. */
  #tries(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      if (!this.#warned) {
        log.warn("Sessions are kept in memory, because the database cannot be written: {error}", {
          error: reason(error),
        });
      }
      this.#warned = true;
      return false;
    }
  }
}
