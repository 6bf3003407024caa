/** Tables and settings of `history.db`. */
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../database.ts";

const VERSION = 2;
/** Longest wait for another process while the database is opened, ms. */
const OPEN_MS = 2000;

const TABLES = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    host_id TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT,
    name TEXT NOT NULL,
    project TEXT,
    service TEXT,
    done INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE blocks (
    series INTEGER NOT NULL,
    tier INTEGER NOT NULL,
    start INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (series, tier, start)
  );
  CREATE INDEX blocks_by_age ON blocks (tier, start);
  CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    window INTEGER NOT NULL,
    start INTEGER NOT NULL,
    data BLOB NOT NULL
  );
  CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
`;

/** Added in version 2. */
const SPANS = `
  CREATE TABLE spans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    host_id TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    interval INTEGER NOT NULL
  );
  PRAGMA user_version = ${VERSION}`;

/**
 * Applies the settings, and creates the tables of a new database.
 *
 * @throws when the file is damaged, or a newer DockStat wrote it.
 */
export function prepareDatabase(database: DatabaseSync): void {
  database.exec(
    // Checkpoint flushes the files, so that no commit waits for the disk.
    `PRAGMA busy_timeout = ${OPEN_MS}; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; ` +
      "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 4194304",
  );
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > VERSION) throw new Error(`a newer DockStat wrote it (version ${version})`);
  const missing = version === 0 ? TABLES + SPANS : SPANS;
  if (version < VERSION) transaction(database, () => database.exec(missing));
  // From now on a write fails at once while another process has the lock, and is repeated later.
  database.exec("PRAGMA busy_timeout = 0");
}
