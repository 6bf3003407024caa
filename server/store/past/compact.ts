/** Gives the free pages of a database back to the disk. */
import { DatabaseSync } from "node:sqlite";
import { copyRows } from "./copy_rows.ts";

/**
 * Writes a database without its free pages to a new file, table by table: the runtime permits VACUUM to programs with
 * all permissions only. No other process uses the database.
 *
 * @param target Path of the new file, which exists and is empty.
 */
export function compactDatabase(source: string, target: string): void {
  using from = new DatabaseSync(source, { readOnly: true });
  using to = new DatabaseSync(target);
  to.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; BEGIN");
  const parts = from.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    // SQLite creates its own tables.
    .filter(({ name }) => !String(name).startsWith("sqlite_"));
  const tables = parts.filter(({ type }) => type === "table");
  for (const { sql } of tables) to.exec(String(sql));
  for (const { name } of tables) copyRows(from, String(name), to, String(name));
  // Numbers that were used once are not used again.
  const counts = from.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (counts !== undefined) {
    to.exec("DELETE FROM sqlite_sequence");
    copyRows(from, "sqlite_sequence", to, "sqlite_sequence");
  }
  for (const { type, sql } of parts) if (type !== "table") to.exec(String(sql));
  const { user_version: version } = from.prepare("PRAGMA user_version").get() as { user_version: number };
  to.exec(`PRAGMA user_version = ${version}; COMMIT`);
}
