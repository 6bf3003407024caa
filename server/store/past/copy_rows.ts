/** Copies the rows of a table between two databases. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** Copies row by row: the runtime attaches a database only for programs with all permissions. */
export function copyRows(from: DatabaseSync, name: string, to: DatabaseSync, target: string): void {
  const columns = from.prepare(`PRAGMA table_info("${name}")`).all().map((column) => String(column["name"]));
  const names = columns.map((column) => `"${column}"`).join(", ");
  const insert = to.prepare(
    `INSERT OR REPLACE INTO "${target}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  const read = from.prepare(`SELECT ${names} FROM "${name}"`);
  // A number may be larger than those of JavaScript.
  read.setReadBigInts(true);
  for (const row of read.iterate()) {
    insert.run(...columns.map((column) => row[column] as SQLInputValue));
  }
}
