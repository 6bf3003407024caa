/** Recovery at a start: completes what a kill interrupted, and moves texts of the old layout. */
import { dirname } from "../runtime/path.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { transaction } from "./database.ts";
import { digestOf } from "./digest.ts";
import { AtomicWrites, readBytes, removeEmptyFolder, removeTemporaryFiles } from "./files.ts";
import { readPlain, removeIfUnchanged, TEXT_NAMES } from "./stack_files.ts";
import type { StackRecord } from "./stack_record.ts";
import type { StackStore } from "./stack_store.ts";

const log = getLogger(["dockstat", "stacks"]);

/** Completes interrupted writes and removals. Folders that the database does not know stay, and are logged. */
export async function recoverStacks(store: StackStore): Promise<void> {
  const { files, rows } = store;
  for (const folder of [files.projects, files.texts]) {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  }
  await files.removeDraftFolders();
  for (const { stack_id: id, env_digest } of store.database.prepare("SELECT * FROM removals").all()) {
    await store.removeFiles(Number(id), env_digest as string | null);
  }
  for (const row of store.database.prepare("SELECT stack_id FROM stacks WHERE old_layout = 1").all()) {
    await migrate(store, Number(row["stack_id"]));
  }
  for (const stackId of rows.allPending()) await finish(store, stackId);
  for (const record of store.all()) {
    await removeLeftovers(store, record);
    // Which containers run is not known yet: only a file directly in the folder cannot lead out of it.
    await store.further.finish(record.stackId, (path) => !path.includes("/"));
    addFirstVersion(store, record);
  }
  const unknown = await files.above(rows.highestId());
  if (unknown.length === 0) return;
  log.warn("Folders of stacks that the database does not know were left as they are: {folders}", {
    folders: unknown.join(", "),
  });
}

/** Moves the texts out of the project's folder. Each step can be repeated, and the old files go last. */
async function migrate(store: StackStore, stackId: number): Promise<void> {
  const { files, rows, database } = store;
  const old = `${files.projects}/${stackId}`;
  const pending = rows.pending(stackId);
  const { compose: known } = rows.get(stackId);
  try {
    if (known === undefined) {
      const compose = pending.compose ?? await readPlain(`${old}/compose.yaml`);
      const env = pending.env ?? await readPlain(`${old}/.env`);
      await files.create(stackId, store.paths(stackId));
      const sql = "UPDATE stacks SET unwritten_compose = ?, unwritten_env = ? WHERE stack_id = ?";
      database.prepare(sql).run(compose ?? null, env ?? null, stackId);
      await finish(store, stackId);
    }
    const { compose, env } = rows.get(stackId);
    await removeTemporaryFiles(old, TEXT_NAMES);
    await removeIfUnchanged(`${old}/compose.yaml`, compose?.digest ?? null);
    await removeIfUnchanged(`${old}/.env`, env?.digest ?? null);
    // The folder of an adopted project is elsewhere.
    if (store.get(stackId)?.folder !== null) await removeEmptyFolder(old);
    database.prepare("UPDATE stacks SET old_layout = 0 WHERE stack_id = ?").run(stackId);
  } catch (error) {
    log.error("Cannot move the texts of stack {stackId} to {path}, trying again at the next start: {why}", {
      stackId,
      path: files.texts,
      why: reason(error),
    });
  }
}

/** Writes the texts in the row to their files. A file that was edited since the kill stays as it is. */
async function finish(store: StackStore, stackId: number): Promise<void> {
  const { files, rows } = store;
  const paths = store.paths(stackId);
  const pending = rows.pending(stackId);
  const before = rows.get(stackId);
  const record = store.get(stackId)!;
  await files.create(stackId, paths);
  await using drafts = new AtomicWrites();
  for (const [name, own] of [["compose", record.composeFile], ["env", record.envFile]] as const) {
    const bytes = pending[name];
    if (bytes === null) continue;
    if (own === null) await drafts.write(paths[name], bytes);
    else if (!await isEdited(own, [before[name]?.digest, digestOf(bytes)])) {
      await drafts.overwrite(own, bytes);
    }
  }
  await drafts.settle();
  store.settle(stackId, "changed");
}

async function isEdited(path: string, digests: readonly (string | undefined)[]): Promise<boolean> {
  const bytes = await readBytes(path);
  return bytes !== undefined && !digests.includes(digestOf(bytes));
}

/** Removes drafts and run copies that a kill has left. */
async function removeLeftovers(store: StackStore, record: StackRecord): Promise<void> {
  const { stackId, composeFile, envFile } = record;
  await removeTemporaryFiles(`${store.files.texts}/${stackId}`);
  await store.files.removeRun(stackId);
  for (const path of [composeFile, envFile]) {
    if (path !== null) await removeTemporaryFiles(dirname(path), [path.slice(dirname(path).length + 1)]);
  }
}

/** Gives a stack of a release without versions its first one; nothing says that it is not what runs. */
function addFirstVersion({ database, rows, versions }: StackStore, { stackId, status }: StackRecord): void {
  if (versions.currentDigest(stackId) !== undefined) return;
  transaction(database, () => versions.add(stackId, rows.get(stackId), "created"));
  const digest = versions.currentDigest(stackId);
  if (digest !== undefined && status !== "pending") versions.deployed(stackId, digest, []);
}
