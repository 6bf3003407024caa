/** Backups: one SQLite file with the database and the small files of the data folder. */
import { backup as copyDatabase, DatabaseSync } from "node:sqlite";
import { dirname } from "../../runtime/path.ts";
import { AppError, reason } from "../../errors.ts";
import { DATABASE_VERSION, openDatabase } from "../database.ts";
import { AtomicWrites, namesIn, removeFile } from "../files.ts";
import { recoverStacks } from "../stack_recovery.ts";
import { StackStore } from "../stack_store.ts";
import { compactDatabase } from "./compact.ts";
import { addHistory, HISTORY_FILE, replaceHistory, takeHistory } from "./history_backup.ts";

/** Name of the database in the data folder. */
const DATABASE = "dockstat.db";
const PEM_FILE = /^hosts\/[\w-][\w.-]*\/(ca|cert|key)\.pem$/;
/** Files of the data folder that belong to a backup are not larger, bytes. */
const LARGEST_FILE = 1024 * 1024;

/**
 * Writes a backup of a data folder, also while a server uses it.
 *
 * @param file Path of the backup, which is created with mode 0600; an earlier backup is replaced.
 * @throws {AppError} "failed" when the folder has no database, the file is not a backup, or cannot be written.
 */
export async function createBackup(data: string, file: string): Promise<void> {
  if (!await exists(`${data}/${DATABASE}`)) {
    throw new AppError("failed", `Cannot back up "${data}": it has no database. Choose a folder with --data`);
  }
  if (await exists(file) && !isBackup(file)) {
    throw new AppError("failed", `Cannot write the backup "${file}": another file has this name`);
  }
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    (await Deno.open(draft, { createNew: true, write: true, mode: 0o600 })).close();
    using database = new DatabaseSync(`${data}/${DATABASE}`);
    database.exec("PRAGMA busy_timeout = 5000");
    // One step in a read transaction: the copy is consistent, and a running server is not delayed. "VACUUM INTO" would
    // attach a database, which the runtime permits to programs with all permissions only.
    await copyDatabase(database, draft, { rate: -1 });
    await addFiles(draft, data);
    await Deno.rename(draft, file);
  } catch (cause) {
    await removeFile(draft).catch(() => {});
    throw new AppError("failed", `Cannot write the backup "${file}": ${reason(cause)}`, { cause });
  }
}

/**
 * Replaces a data folder by a backup.
 *
 * @param force Permits a folder that is not empty.
 * @throws {AppError} "failed" for a file that is not a backup, "busy" when the folder is not empty, or a server uses it.
 */
export async function restoreBackup(file: string, data: string, force: boolean): Promise<void> {
  if (!await exists(file)) throw new AppError("failed", `Cannot restore "${file}": there is no such file`);
  checkBackup(file);
  // First, because --force does not help against a server.
  checkUnused(data);
  if ((await namesIn(data)).length > 0 && !force) {
    throw new AppError(
      "busy",
      `Cannot restore into "${data}": it is not empty. Replace its contents with --force`,
    );
  }
  const [copy, draft] = [1, 2].map(() => `${data}/${DATABASE}.${crypto.randomUUID()}`) as [string, string];
  const history = `${data}/${HISTORY_FILE}.${crypto.randomUUID()}`;
  try {
    await Deno.mkdir(data, { recursive: true, mode: 0o700 });
    await copyPrivately(file, copy);
    await using files = new AtomicWrites();
    const { found, hasHistory } = takeFiles(copy, history);
    (await Deno.open(draft, { createNew: true, write: true, mode: 0o600 })).close();
    compactDatabase(copy, draft);
    await removeFile(copy);
    for (const [name, bytes] of found) {
      const path = `${data}/${name}`;
      await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await files.write(path, bytes);
    }
    await Deno.rename(draft, `${data}/${DATABASE}`);
    await files.settle();
    await replaceHistory(data, hasHistory ? history : undefined);
    await writeStacks(data);
  } catch (cause) {
    for (const path of [copy, draft, history]) await removeFile(path).catch(() => {});
    throw new AppError("failed", `Cannot restore "${file}": ${reason(cause)}`, { cause });
  }
}

async function addFiles(path: string, data: string): Promise<void> {
  using database = new DatabaseSync(path);
  database.exec(
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; " +
      "CREATE TABLE backup_files (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
  );
  if (await exists(`${data}/${HISTORY_FILE}`)) addHistory(database, data);
  const insert = database.prepare("INSERT INTO backup_files (name, bytes) VALUES (?, ?)");
  for (const name of [...await namesIn(data), ...await pemFiles(data)]) {
    const { isFile, size } = await Deno.lstat(`${data}/${name}`);
    if (!isFile || size > LARGEST_FILE || isDatabase(name)) continue;
    insert.run(name, await Deno.readFile(`${data}/${name}`));
  }
}

/** Returns the PEM files of hosts that were added in DockStat, such as `hosts/nas-0123abcd/ca.pem`. */
async function pemFiles(data: string): Promise<string[]> {
  const folders = (await namesIn(`${data}/hosts`)).map((name) => `hosts/${name}`);
  const files = folders.map(async (folder) =>
    (await namesIn(`${data}/${folder}`)).map((name) => `${folder}/${name}`)
  );
  return (await Promise.all(files)).flat().filter((name) => PEM_FILE.test(name));
}

/** Removes the files and the history from a copy of a backup, and marks the texts of all stacks as not written. */
function takeFiles(
  path: string,
  history: string,
): { readonly found: readonly [name: string, bytes: Uint8Array][]; readonly hasHistory: boolean } {
  using database = new DatabaseSync(path);
  const rows = database.prepare("SELECT name, bytes FROM backup_files").all();
  database.exec(
    "DROP TABLE backup_files; INSERT OR IGNORE INTO file_changes (stack_id, path) " +
      "SELECT stack_id, path FROM stack_files; " +
      "UPDATE stacks SET unwritten_compose = coalesce(unwritten_compose, (SELECT compose FROM stack_texts " +
      "WHERE stack_texts.stack_id = stacks.stack_id)), unwritten_env = coalesce(unwritten_env, (SELECT env " +
      "FROM stack_texts WHERE stack_texts.stack_id = stacks.stack_id)) WHERE compose_file IS NULL",
  );
  const found = rows.map(({ name, bytes }) => [String(name), bytes as Uint8Array] as [string, Uint8Array])
    // A backup may have been changed by others.
    .filter(([name]) => PEM_FILE.test(name) || /^[\w-][\w.-]*$/.test(name) && !isDatabase(name));
  return { found, hasHistory: takeHistory(database, history) };
}

function isDatabase(name: string): boolean {
  return name.startsWith(DATABASE) || name.startsWith(HISTORY_FILE);
}

/** Writes the texts and the further files of stacks that DockStat stores; adopted ones have files of the user. */
async function writeStacks(data: string): Promise<void> {
  using database = openDatabase(`${data}/${DATABASE}`);
  const store = new StackStore(database, data);
  await recoverStacks(store);
  for (const { stackId, composeFile } of store.all()) {
    if (composeFile !== null) continue;
    if (store.rows.get(stackId).env === undefined) await removeFile(store.paths(stackId).env);
    await store.further.finish(stackId, () => true);
  }
}

function isBackup(file: string): boolean {
  try {
    using database = new DatabaseSync(file, { readOnly: true });
    return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_files'").get() !== undefined;
  } catch {
    return false;
  }
}

/** @throws {AppError} "failed" for a file that is not a backup, is damaged, or comes from a newer DockStat. */
function checkBackup(file: string): void {
  const failed = (why: string) => new AppError("failed", `Cannot restore "${file}": ${why}`);
  if (!isBackup(file)) throw failed("it is not a backup of DockStat");
  using database = new DatabaseSync(file, { readOnly: true });
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > DATABASE_VERSION) throw failed("a newer DockStat wrote it");
  const found = integrityOf(database);
  if (found !== "ok") throw failed(`it is damaged: ${found}`);
}

/** Returns "ok", or the first damage. */
function integrityOf(database: DatabaseSync): string {
  try {
    return String(database.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"]);
  } catch (error) {
    return reason(error);
  }
}

/** @throws {AppError} "busy" while a server has the database open. */
function checkUnused(data: string): void {
  try {
    Deno.statSync(`${data}/${DATABASE}`);
  } catch {
    return;
  }
  let mode: unknown;
  try {
    using database = new DatabaseSync(`${data}/${DATABASE}`);
    // Leaves the write-ahead log, which no other process permits, and whose file must not remain.
    mode = database.prepare("PRAGMA journal_mode = DELETE").get()?.["journal_mode"];
  } catch (error) {
    if (/not a database|malformed/.test(reason(error))) return;
    mode = "locked";
  }
  if (mode === "delete") return;
  throw new AppError("busy", `Cannot restore into "${data}": a server uses it. Stop the server first`);
}

async function copyPrivately(from: string, to: string): Promise<void> {
  using source = await Deno.open(from);
  using target = await Deno.open(to, { createNew: true, write: true, mode: 0o600 });
  await source.readable.pipeTo(target.writable, { preventClose: true });
  await target.sync();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
