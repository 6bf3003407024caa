/** The audit journal in the database, in a table that events of containers cannot fill. */
import type { DatabaseSync } from "node:sqlite";
import type { AuditAction, AuditEntry } from "../../protocol/past/timeline.ts";
import { transaction } from "../database.ts";

/** A new entry of the journal. */
export type NewAudit = Omit<AuditEntry, "id" | "timestamp">;

/** Filters of {@linkcode AuditStore.page}. Times are epoch ms. */
export interface AuditFilter {
  readonly actions?: readonly AuditAction[];
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Only entries with a higher id, oldest first. */
  readonly after?: number | undefined;
  /** Only entries with a lower id. */
  readonly before?: number | undefined;
}

/** Bounds of the journal. */
export interface AuditBounds {
  readonly keepMs: number;
  readonly rows: number;
  /** Number of entries about requests that were refused for lack of a valid token. */
  readonly refused: number;
  /** Most rows that one step removes because of their age, so that a clock that jumps removes few. */
  readonly step: number;
}

const BOUNDS: AuditBounds = { keepMs: 90 * 86_400_000, rows: 100_000, refused: 20_000, step: 500 };
/** Number of new entries after which the oldest are removed. */
const PRUNE_EVERY = 100;

/** The rows of the audit journal. */
export class AuditStore {
  constructor(readonly database: DatabaseSync, readonly bounds: AuditBounds = BOUNDS) {}

  /** Stores an entry. */
  add({ action, target, status, actor, address }: NewAudit, now: number): void {
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO audit (at, action, target, status, actor, address) VALUES (?, ?, ?, ?, ?, ?)",
    ).run(now, action, target, status, actor, address);
    if (Number(lastInsertRowid) % PRUNE_EVERY === 0) this.prune(now);
  }

  /** Removes entries that are too old, and the oldest beyond the bounds; refused requests have a bound of theirs. */
  prune(now: number): void {
    const { keepMs, rows, refused, step } = this.bounds;
    const run = (sql: string, ...values: number[]) => this.database.prepare(sql).run(...values);
    transaction(this.database, () => {
      run(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? ORDER BY id LIMIT ?)",
        now - keepMs,
        step,
      );
      run(
        "DELETE FROM audit WHERE status = 401 AND id <= " +
          "(SELECT id FROM audit WHERE status = 401 ORDER BY id DESC LIMIT 1 OFFSET ?)",
        refused,
      );
      run("DELETE FROM audit WHERE id <= (SELECT id FROM audit ORDER BY id DESC LIMIT 1 OFFSET ?)", rows);
    });
  }

  /** Returns the newest entries that match, oldest first; with `after` the oldest ones. */
  page({ actions = [], since, until, after, before }: AuditFilter, limit: number): AuditEntry[] {
    const bounds: readonly (readonly [string, number | undefined])[] = [
      ["at >= ?", since],
      ["at < ?", until],
      ["id > ?", after],
      ["id < ?", before],
    ];
    const given = bounds.flatMap(([sql, value]) => value === undefined ? [] : [{ sql, value }]);
    const parts = given.map(({ sql }) => sql);
    if (actions.length > 0) parts.push(`action IN (${actions.map(() => "?").join(", ")})`);
    const where = parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`;
    const order = after === undefined ? "id DESC" : "id";
    const found = this.database.prepare(`SELECT * FROM audit ${where} ORDER BY ${order} LIMIT ?`)
      .all(...given.map(({ value }) => value), ...actions, limit).map(toEntry);
    return after === undefined ? found.reverse() : found;
  }
}

function toEntry(row: Readonly<Record<string, unknown>>): AuditEntry {
  return {
    id: row["id"],
    timestamp: new Date(Number(row["at"])).toISOString(),
    action: row["action"],
    target: row["target"],
    status: row["status"],
    actor: row["actor"],
    address: row["address"],
  } as AuditEntry;
}
