/** Sessions of the dashboard in the database; only the hash of each secret is stored. */
import type { DatabaseSync } from "node:sqlite";

/** A stored session. Times are epoch ms. */
export interface SessionRecord {
  readonly id: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

/** The rows of `sessions`. */
export class SessionStore {
  constructor(readonly database: DatabaseSync) {}

  /**
   * Stores a new session.
   *
   * @param hash Hash of the session's secret.
   * @param tokenHash Hash of the token that it was opened with.
   */
  add({ id, createdAt, lastUsedAt }: SessionRecord, hash: string, tokenHash: string): void {
    this.database.prepare(
      "INSERT INTO sessions (id, hash, token_hash, created_at, last_used_at) VALUES (?, ?, ?, ?, ?)",
    ).run(id, hash, tokenHash, createdAt, lastUsedAt);
  }

  /** Returns the session with the hash of a secret; `undefined` if it does not exist. */
  find(hash: string): SessionRecord | undefined {
    const row = this.database.prepare("SELECT * FROM sessions WHERE hash = ?").get(hash);
    return row && toRecord(row);
  }

  /** Returns all sessions, newest first. */
  all(): SessionRecord[] {
    return this.database.prepare("SELECT * FROM sessions ORDER BY created_at DESC, id").all().map(toRecord);
  }

  /** Stores the time at which a session was last used. */
  touch(id: string, lastUsedAt: number): void {
    this.database.prepare("UPDATE sessions SET last_used_at = ? WHERE id = ?").run(lastUsedAt, id);
  }

  /** Deletes a session; returns false if it does not exist. */
  remove(id: string): boolean {
    return this.database.prepare("DELETE FROM sessions WHERE id = ?").run(id).changes > 0;
  }

  /** Returns the ids of the sessions that were opened with another token. */
  others(tokenHash: string): string[] {
    const rows = this.database.prepare("SELECT id FROM sessions WHERE token_hash <> ?").all(tokenHash);
    return rows.map(({ id }) => String(id));
  }

  /** Deletes the sessions that were opened with another token. */
  removeOthers(tokenHash: string): void {
    this.database.prepare("DELETE FROM sessions WHERE token_hash <> ?").run(tokenHash);
  }
}

function toRecord(row: Readonly<Record<string, unknown>>): SessionRecord {
  return {
    id: String(row["id"]),
    createdAt: Number(row["created_at"]),
    lastUsedAt: Number(row["last_used_at"]),
  };
}
