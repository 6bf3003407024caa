/** The history in a backup: its tables, with a prefix, beside those of the stacks. */
import type { DatabaseSync } from "node:sqlite";
import { removeFile } from "../files.ts";
import { HistoryStore } from "../history/history_store.ts";

/** Name of the history in a data folder. */
export const HISTORY_FILE = "history.db";

const TABLES = ["series", "blocks", "journal", "clock"];

/**
 * Copies the history of a data folder into a backup, also while a server writes it.
 *
 * @throws when it is damaged.
 */
export function addHistory(backup: DatabaseSync, data: string): void {
  backup.prepare("ATTACH ? AS history").run(`${data}/${HISTORY_FILE}`);
  // One transaction, so that no sample is missing or doubled.
  backup.exec(
    `BEGIN; ${
      TABLES.map((name) => `CREATE TABLE history_${name} AS SELECT * FROM history.${name};`).join("")
    } COMMIT; DETACH history`,
  );
}

/**
 * Moves the history out of a copy of a backup.
 *
 * @param path Path of the new history.
 * @returns whether the backup has one.
 */
export function takeHistory(backup: DatabaseSync, path: string): boolean {
  const has = backup.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'history_series'").get() !== undefined;
  if (!has) return false;
  new HistoryStore(path)[Symbol.dispose]();
  backup.prepare("ATTACH ? AS history").run(path);
  backup.exec(
    TABLES.map((name) => `INSERT INTO history.${name} SELECT * FROM main.history_${name};`).join("") +
      `DETACH history; ${TABLES.map((name) => `DROP TABLE history_${name};`).join("")} VACUUM`,
  );
  return true;
}

/** Replaces the history of a data folder; no server uses it. */
export async function replaceHistory(data: string, draft: string | undefined): Promise<void> {
  for (const name of [HISTORY_FILE, `${HISTORY_FILE}-wal`, `${HISTORY_FILE}-shm`]) {
    await removeFile(`${data}/${name}`);
  }
  if (draft !== undefined) await Deno.rename(draft, `${data}/${HISTORY_FILE}`);
}
