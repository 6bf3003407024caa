/** Changes of a stack's further files: the checks before they are stored, and writes into the user's folder. */
import { posix } from "../../runtime/path.ts";
import type { Container } from "../../docker/container.ts";
import { AppError } from "../../errors.ts";
import { digestOf } from "../../store/digest.ts";
import { AtomicWrites } from "../../store/files.ts";
import { checkFileSize, MOST_FILE_BYTES, quotedPath } from "../../store/file_limits.ts";
import { canOverride, OVERRIDE_FILE } from "../../store/git/git_files.ts";
import { type FileModes, safeMode } from "../../store/further/file_modes.ts";
import type { FileChanges } from "../../store/further/file_rows.ts";
import { isReplaceable, readReal } from "../../store/real_files.ts";
import { storageError } from "../../store/stored.ts";
import type { StackRecord } from "../../store/stack_record.ts";
import type { StackStore } from "../../store/stack_store.ts";
import { checkConflicts, checkFilePath, checkWriters } from "./file_paths.ts";
import { namedFiles, volumeFolders } from "./named_files.ts";
import { singleFiles } from "./single_files.ts";

/** Returns the paths of the single files that a compose text names, without the `.env`. */
export async function namedSingles(compose: string): Promise<string[]> {
  const files = await singleFiles(compose);
  return [...new Set(files.map(({ path }) => path))].filter((path) => path !== ".env").sort();
}

/**
 * Checks changes of files.
 *
 * @param compose The text that names the files after the change.
 * @param modes Permissions of the files by path; without one, a file keeps its own.
 * @param containers The containers of the stack's host.
 * @returns The changes without those that change nothing.
 * @throws {AppError} "invalid" for a path that is not allowed, "forbidden" for a file that an adopted stack cannot
 *   have, "busy" for a deletion of a named file, a name that is taken, and while a container could move the folders.
 */
export async function checkFileChanges(
  store: StackStore,
  record: StackRecord,
  compose: string,
  changes: FileChanges,
  modes: FileModes,
  containers: readonly Container[],
): Promise<FileChanges> {
  if (changes.size === 0) return changes;
  const { stackId, folder } = record;
  const isOverride = (path: string) => path === OVERRIDE_FILE && canOverride(store.database, stackId);
  for (const path of changes.keys()) if (!isOverride(path)) checkFilePath(path);
  const checked = folder === null ? differing(store, stackId, changes, modes) : changes;
  if (folder === null) await checkOwn(store, stackId, compose, checked);
  else await checkAdopted(folder, compose, checked);
  const volumes = await volumeFolders(store.texts(stackId).compose, stackId);
  checkWriters({ ...record, volumes }, checked.keys(), containers);
  return checked;
}

/**
 * Returns changes of files after a check of the size of each.
 *
 * @throws {AppError} "too-large".
 */
export function checkSizes(changes: FileChanges): FileChanges {
  for (const [path, bytes] of changes) checkFileSize(quotedPath(path), bytes?.length ?? 0);
  return changes;
}

/**
 * Checks the files of a new stack.
 *
 * @throws {AppError} "invalid" for a path that is not allowed, "busy" for two that exclude each other.
 */
export function checkNewFiles(changes: FileChanges): ReadonlyMap<string, Uint8Array> {
  const files = new Map([...changes].filter((entry): entry is [string, Uint8Array] => entry[1] !== null));
  for (const path of files.keys()) checkFilePath(path);
  checkConflicts([...files.keys()], []);
  return files;
}

function differing(
  store: StackStore,
  stackId: number,
  changes: FileChanges,
  modes: FileModes,
): FileChanges {
  const stored = new Map(store.further.list(stackId).map((file) => [file.path, file]));
  return new Map([...changes].filter(([path, bytes]) => {
    const file = stored.get(path);
    if (bytes === null) return file !== undefined;
    return file?.digest !== digestOf(bytes) || file.mode !== (modes.get(path) ?? file.mode);
  }));
}

/** Returns the permissions that files get for those that a request gives. */
export function safeModes(modes: FileModes): FileModes {
  return new Map([...modes].map(([path, mode]) => [path, safeMode(mode)]));
}

async function checkOwn(
  store: StackStore,
  stackId: number,
  compose: string,
  changes: FileChanges,
): Promise<void> {
  const stored = Object.keys(store.versions.filesOf(stackId));
  const written = [...changes].flatMap(([path, bytes]) => bytes === null ? [] : [path]);
  const after = [...stored.filter((path) => changes.get(path) !== null), ...written];
  checkConflicts(written, after);
  const removed = [...changes.keys()].filter((path) => changes.get(path) === null);
  if (removed.length === 0) return;
  const named = new Set([
    ...(await namedFiles(compose)).map((name) => posix.normalize(name)),
    ...await namedSingles(compose),
  ]);
  const used = removed.find((path) => named.has(path));
  if (used === undefined) return;
  throw new AppError("busy", `Cannot delete "${used}": the compose file names it. Remove it there first`);
}

async function checkAdopted(folder: string, compose: string, changes: FileChanges): Promise<void> {
  const named = await namedSingles(compose);
  for (const [path, bytes] of changes) {
    if (bytes === null) throw userFile(path);
    if (!named.includes(path)) {
      throw new AppError(
        "forbidden",
        `Cannot store "${path}": the compose file of this adopted stack does not name it`,
      );
    }
    if (await isReplaceable(folder, path)) continue;
    const message = "a link, folder or device has this name, or its folder is missing or a link";
    throw new AppError("busy", `Cannot store "${path}": ${message}`);
  }
}

/** Returns the refusal to delete a file of an adopted stack. */
export function userFile(path: string): AppError {
  return new AppError("forbidden", `Cannot delete "${path}": the files of an adopted stack belong to you`);
}

/** Checked changes that are written beside the files of an adopted stack, but not yet in their place. */
export interface AdoptedDrafts extends AsyncDisposable {
  /** Paths that are new. */
  readonly added: readonly string[];
  /** Moves the drafts to their paths. */
  readonly settle: () => Promise<void>;
}

/**
 * Writes checked changes into the folder of an adopted stack, beside the files; disposing the result removes those that
 * were not moved there.
 *
 * @throws {AppError} "busy" when something else is in the way by now, "failed" or "no-space" when it cannot be written.
 */
export async function draftAdopted(
  store: StackStore,
  { stackId, folder }: StackRecord,
  changes: FileChanges,
  modes: FileModes,
): Promise<AdoptedDrafts> {
  const before = new Map<string, Uint8Array | undefined>();
  await using stack = new AsyncDisposableStack();
  const drafts = stack.use(new AtomicWrites());
  for (const [path, bytes] of changes) {
    before.set(path, await readReal(folder!, path, MOST_FILE_BYTES));
    try {
      await drafts.overwrite(`${folder}/${path}`, bytes!, modes.get(path));
    } catch (cause) {
      throw storageError(`write "${path}"`, cause);
    }
  }
  const isChanged = ([path, found]: [string, Uint8Array | undefined]) =>
    found === undefined || digestOf(found) !== digestOf(changes.get(path)!);
  const written = stack.move();
  return {
    added: [...before].filter(([, found]) => found === undefined).map(([path]) => path),
    settle: async () => {
      await drafts.settle();
      if ([...before].some(isChanged)) store.versions.notDeployed(stackId);
    },
    [Symbol.asyncDispose]: () => written.disposeAsync(),
  };
}
