/** `dockstat.db`: SQLite in WAL mode, and its migrations. */
import { DatabaseSync } from "node:sqlite";
import { AppError, reason } from "../errors.ts";
import { FILE_MODES } from "./further/schema.ts";
import { SWARM_MIGRATIONS } from "./swarm/schema.ts";

/** Migrations in order; `user_version` counts those that are applied. A released migration never changes. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE stacks (
     stack_id INTEGER PRIMARY KEY AUTOINCREMENT,
     name TEXT NOT NULL,
     host_id TEXT NOT NULL,
     status TEXT NOT NULL,
     services TEXT NOT NULL,
     folder TEXT,
     created_at TEXT NOT NULL,
     updated_at TEXT NOT NULL,
     unwritten_compose BLOB,
     unwritten_env BLOB,
     UNIQUE (host_id, name)
   );
   CREATE TABLE operations (
     operation_id INTEGER PRIMARY KEY AUTOINCREMENT,
     stack_id INTEGER,
     project TEXT NOT NULL,
     host_id TEXT NOT NULL,
     action TEXT NOT NULL,
     state TEXT NOT NULL,
     created_at TEXT NOT NULL,
     started_at TEXT,
     ended_at TEXT,
     exit_code INTEGER,
     error TEXT
   );
   CREATE INDEX operations_by_state ON operations (state);
   CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     stack_id INTEGER,
     operation_id INTEGER,
     json TEXT NOT NULL
   );
   CREATE INDEX events_by_operation ON events (operation_id);`,
  // Existing stacks keep their texts in the project's folder until the next start moves them.
  `ALTER TABLE stacks ADD COLUMN compose_file TEXT;
   ALTER TABLE stacks ADD COLUMN env_file TEXT;
   ALTER TABLE stacks ADD COLUMN old_layout INTEGER NOT NULL DEFAULT 0;
   UPDATE stacks SET old_layout = 1;
   CREATE TABLE stack_texts (
     stack_id INTEGER PRIMARY KEY,
     compose BLOB,
     compose_digest TEXT,
     env BLOB,
     env_digest TEXT
   );
   INSERT INTO stack_texts (stack_id) SELECT stack_id FROM stacks;
   CREATE TABLE removals (stack_id INTEGER PRIMARY KEY, env_digest TEXT);
   ALTER TABLE operations ADD COLUMN kept TEXT;`,
  `ALTER TABLE events ADD COLUMN detail_only INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE operations ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE operations ADD COLUMN output TEXT NOT NULL DEFAULT '[]'`,
  `CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     token_hash TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     last_used_at INTEGER NOT NULL
   )`,
  `ALTER TABLE stacks ADD COLUMN deployed_digest TEXT;
   ALTER TABLE operations ADD COLUMN target TEXT;
   CREATE INDEX operations_by_project ON operations (host_id, project, operation_id);
   CREATE TABLE blobs (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
   CREATE TABLE stack_files (
     stack_id INTEGER NOT NULL,
     path TEXT NOT NULL,
     digest TEXT NOT NULL,
     PRIMARY KEY (stack_id, path)
   );
   CREATE TABLE file_changes (stack_id INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (stack_id, path));
   CREATE TABLE versions (
     stack_id INTEGER NOT NULL,
     version INTEGER NOT NULL,
     created_at TEXT NOT NULL,
     reason TEXT NOT NULL,
     digest TEXT NOT NULL,
     compose_digest TEXT NOT NULL,
     env_digest TEXT,
     files TEXT NOT NULL,
     images TEXT NOT NULL DEFAULT '[]',
     deployed_at TEXT,
     PRIMARY KEY (stack_id, version)
   );
   CREATE TABLE deployed_services (
     stack_id INTEGER NOT NULL,
     service TEXT NOT NULL,
     hash TEXT NOT NULL,
     build_hash TEXT,
     PRIMARY KEY (stack_id, service)
   )`,
  // `at` is for display; `stored_at`, by DockStat's clock, decides on the age.
  `CREATE TABLE container_events (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     stored_at INTEGER NOT NULL,
     host_id TEXT NOT NULL,
     kind TEXT NOT NULL,
     container_id TEXT,
     name TEXT,
     project TEXT,
     stack_id INTEGER,
     service TEXT,
     exit_code INTEGER,
     state TEXT,
     action TEXT,
     operation_id INTEGER,
     message TEXT,
     late INTEGER NOT NULL
   );
   CREATE INDEX container_events_by_time ON container_events (at, id);
   CREATE INDEX container_events_by_age ON container_events (stored_at);
   CREATE INDEX container_events_by_container ON container_events (container_id);
   CREATE TABLE container_logs (
     event_id INTEGER PRIMARY KEY,
     gzip BLOB NOT NULL
   );
   CREATE TABLE known_containers (
     host_id TEXT NOT NULL,
     container_id TEXT NOT NULL,
     json TEXT NOT NULL,
     PRIMARY KEY (host_id, container_id)
   );
   CREATE TABLE known_hosts (host_id TEXT PRIMARY KEY, state TEXT NOT NULL);
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     action TEXT NOT NULL,
     target TEXT NOT NULL,
     status INTEGER NOT NULL,
     actor TEXT NOT NULL,
     address TEXT NOT NULL
   )`,
  `ALTER TABLE deployed_services ADD COLUMN parts TEXT;
   ALTER TABLE deployed_services ADD COLUMN config_hash TEXT`,
  `ALTER TABLE container_events ADD COLUMN count INTEGER NOT NULL DEFAULT 1`,
  `CREATE TABLE image_checks (
     name TEXT PRIMARY KEY,
     digest TEXT,
     newer_tag TEXT,
     checked_at INTEGER,
     digest_since INTEGER,
     error TEXT, error_since INTEGER, retry_at INTEGER,
     stored_at INTEGER NOT NULL
   )`,
  `CREATE TABLE alerts (
     id TEXT PRIMARY KEY,
     began INTEGER NOT NULL,
     ended INTEGER,
     json TEXT NOT NULL
   );
   CREATE INDEX alerts_by_end ON alerts (ended);
   CREATE TABLE alert_messages (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     alert_id TEXT NOT NULL,
     channel_id TEXT NOT NULL,
     event TEXT NOT NULL,
     created INTEGER NOT NULL,
     attempts INTEGER NOT NULL,
     sent INTEGER
   );
   CREATE INDEX alert_messages_by_alert ON alert_messages (alert_id);
   CREATE TABLE alert_settings (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id))`,
  // Stack 0 is a new stack.
  `CREATE TABLE drafts (
     stack_id INTEGER NOT NULL,
     part TEXT NOT NULL,
     text TEXT NOT NULL,
     saved_at TEXT NOT NULL,
     PRIMARY KEY (stack_id, part)
   )`,
  `CREATE TABLE service_updates (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     stack_id INTEGER NOT NULL,
     service TEXT NOT NULL,
     image TEXT NOT NULL,
     before_digest TEXT NOT NULL, after_digest TEXT NOT NULL,
     automatic INTEGER NOT NULL, state TEXT NOT NULL,
     started_at INTEGER NOT NULL, deadline INTEGER NOT NULL,
     reason TEXT
   )`,
  `CREATE TABLE git_stacks (stack_id INTEGER PRIMARY KEY, json TEXT NOT NULL);
   CREATE TABLE git_deliveries (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     stack_id INTEGER NOT NULL, mark TEXT NOT NULL, UNIQUE (stack_id, mark)
   )`,
  ...SWARM_MIGRATIONS,
  FILE_MODES,
];

/** Number of migrations, which is the version of a database that has all of them. */
export const DATABASE_VERSION = MIGRATIONS.length;

/**
 * Opens the database and applies missing migrations.
 *
 * @param path Path of the file, which is created with mode 0600 if it does not exist; ":memory:" stores nothing.
 * @throws {AppError} "failed" when it cannot be used, or was written by a newer DockStat.
 */
export function openDatabase(path: string): DatabaseSync {
  try {
    if (path !== ":memory:") Deno.openSync(path, { create: true, append: true, mode: 0o600 }).close();
    const database = new DatabaseSync(path);
    try {
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000");
      migrate(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("failed", `Cannot use the database "${path}": ${reason(cause)}`, { cause });
  }
}

function migrate(database: DatabaseSync, path: string): void {
  const { user_version: done } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (done > MIGRATIONS.length) {
    throw new AppError(
      "failed",
      `Cannot use the database "${path}": a newer DockStat wrote it (version ${done}, this one knows ${MIGRATIONS.length})`,
    );
  }
  if (done === MIGRATIONS.length) return;
  const steps = [...MIGRATIONS.slice(done), `PRAGMA user_version = ${MIGRATIONS.length}`];
  transaction(database, () => database.exec(steps.join(";")));
}

/** Runs the work in a transaction: all of it or nothing. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
