/** The history in a backup: its tables, with a prefix, beside those of the stacks. */
import { DatabaseSync } from "node:sqlite";
import { removeFile } from "../files.ts";
import { copyRows } from "./copy_rows.ts";
import { HistoryStore } from "../history/history_store.ts";

/** Name of the history in a data folder. */
export const HISTORY_FILE = "history.db";

const TABLES = ["series", "blocks", "journal", "clock", "spans"];

/**
 * Copies the history of a data folder into a backup, also while a server writes it.
 *
 * @throws when it is damaged.
 */
export function addHistory(backup: DatabaseSync, data: string): void {
  using history = new DatabaseSync(`${data}/${HISTORY_FILE}`, { readOnly: true });
  // One transaction, so that no sample is missing or doubled.
  history.exec("PRAGMA busy_timeout = 5000; BEGIN");
  backup.exec("BEGIN");
  for (const name of tablesIn(history, "")) {
    const { sql } = history.prepare("SELECT sql FROM sqlite_schema WHERE name = ?").get(name) as {
      sql: string;
    };
    backup.exec(sql.replace(`CREATE TABLE ${name}`, `CREATE TABLE history_${name}`));
    copyRows(history, name, backup, `history_${name}`);
  }
  backup.exec("COMMIT");
}

/**
 * Moves the history out of a copy of a backup.
 *
 * @param path Path of the new history.
 * @returns whether the backup has one.
 */
export function takeHistory(backup: DatabaseSync, path: string): boolean {
  const tables = tablesIn(backup, "history_");
  if (tables.length === 0) return false;
  new HistoryStore(path)[Symbol.dispose]();
  using history = new DatabaseSync(path);
  history.exec("BEGIN");
  for (const name of tables) copyRows(backup, `history_${name}`, history, name);
  history.exec("COMMIT");
  backup.exec(tables.map((name) => `DROP TABLE history_${name};`).join(""));
  return true;
}

/** Returns the tables of the history that a database has; an earlier version had fewer. */
function tablesIn(database: DatabaseSync, prefix: string): string[] {
  const find = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  return TABLES.filter((name) => find.get(prefix + name) !== undefined);
}

/** Replaces the history of a data folder; no server uses it. */
export async function replaceHistory(data: string, draft: string | undefined): Promise<void> {
  for (const name of [HISTORY_FILE, `${HISTORY_FILE}-wal`, `${HISTORY_FILE}-shm`]) {
    await removeFile(`${data}/${name}`);
  }
  if (draft !== undefined) await Deno.rename(draft, `${data}/${HISTORY_FILE}`);
}
