/**
 * Further files of a stack, such as an `env_file` or a build context: in the database, and in two trees on the disk.
 *
 * Compose reads them from `texts/ID/files`, which no container reaches. Bind mounts and builds need them in the
 * project's folder too, where a container may have changed them.
 */
import type { DatabaseSync } from "node:sqlite";
import { dirname } from "../runtime/path.ts";
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { transaction } from "./database.ts";
import { digestOf } from "./digest.ts";
import { checkFileLimits } from "./file_limits.ts";
import { AtomicWrites, removeEmptyFolders, removeTree } from "./files.ts";
import type { FileModes } from "./further/file_modes.ts";
import { type FileChanges, FileRows, type ProjectFile } from "./further/file_rows.ts";
import { OVERRIDE_FILE } from "./git/git_files.ts";
import { isReal, kindOf, makeFolders, readReal } from "./real_files.ts";
import { removeReal } from "./real_writes.ts";
import type { StackFiles } from "./stack_files.ts";
import type { TextRows } from "./text_rows.ts";
import type { Versions } from "./versions.ts";

const log = getLogger(["dockstat", "stacks"]);

/** The further files of all stacks. */
export class ProjectFiles {
  readonly #files: FileRows;

  constructor(
    readonly database: DatabaseSync,
    readonly files: StackFiles,
    readonly rows: TextRows,
    readonly versions: Versions,
  ) {
    this.#files = new FileRows(database, versions);
  }

  /** Lists the files of a stack, by path. */
  list(stackId: number): ProjectFile[] {
    return this.#files.list(stackId);
  }

  /** Returns the bytes of a file; `undefined` if the stack does not have it. */
  read(stackId: number, path: string): Uint8Array | undefined {
    return this.#files.read(stackId, path);
  }

  /** Returns the permissions of a file; the default if the stack does not have it. */
  mode(stackId: number, path: string): number {
    return this.#files.mode(stackId, path);
  }

  /** Returns the changes that make the files of a stack these ones; a file with other permissions is one. */
  changesTo(stackId: number, files: ReadonlyMap<string, Uint8Array>, modes?: FileModes): FileChanges {
    return this.#files.changesTo(stackId, files, modes);
  }

  /**
   * Stores files of a stack and removes others, as one version.
   *
   * @param changes Bytes by path; `null` removes a file.
   * @param modes Permissions of changed files by path; the others keep theirs.
   * @throws {AppError} "too-large" beyond the limits of a stack, "no-space" beyond that of all, "busy" for a name that
   *   something else has in the project's folder.
   */
  async change(
    stackId: number,
    changes: FileChanges,
    why: string,
    modes: FileModes = new Map(),
  ): Promise<void> {
    await using drafts = new AtomicWrites();
    await this.draft(drafts, stackId, changes, modes);
    transaction(this.database, () => {
      this.announce(stackId, changes, modes);
      this.versions.add(stackId, this.rows.get(stackId), why);
    });
    await this.settle(drafts, stackId);
  }

  /**
   * Writes the new files where no container reaches them.
   *
   * @throws {AppError} as {@linkcode change} does.
   */
  async draft(
    drafts: AtomicWrites,
    stackId: number,
    changes: FileChanges,
    modes: FileModes = new Map(),
  ): Promise<void> {
    this.checkLimits(stackId, changes);
    for (const [path, bytes] of changes) {
      if (bytes === null) continue;
      const mode = modes.get(path) ?? this.#files.mode(stackId, path);
      for (const root of this.#roots(stackId, path)) {
        await this.#draftIn(drafts, root, stackId, { path, bytes, mode });
      }
    }
  }

  /** Stores changes whose drafts are written, as announced. Runs within the caller's transaction. */
  announce(stackId: number, changes: FileChanges, modes: FileModes = new Map()): void {
    this.#files.announce(stackId, changes, modes);
  }

  /** Moves the drafts of announced changes to their paths. */
  async settle(drafts: AtomicWrites, stackId: number): Promise<void> {
    // A container may have put something in the way since.
    await drafts.settle().catch(() => {});
    await this.finish(stackId, () => true);
  }

  /**
   * Completes announced changes: writes what is not on the disk as stored, and removes what was deleted. In the
   * project's folder, what a container has put in the way stays.
   *
   * @param isSafe Reports whether no container can move the folders above a file; the others are completed later.
   */
  async finish(stackId: number, isSafe: (path: string) => boolean): Promise<void> {
    for (const path of this.#files.announced(stackId)) {
      const [own = "", project] = this.#roots(stackId, path);
      await this.#finishIn(own, stackId, path);
      if (!isSafe(path)) continue;
      if (project !== undefined) {
        await this.#finishIn(project, stackId, path).catch((error) => this.#ignoreBusy(error, stackId));
      }
      this.#files.settled(stackId, path);
    }
  }

  /**
   * Writes files that are missing in either tree; those that a container has changed stay as they are.
   *
   * @param isSafe Reports whether no container can move the folders above a file.
   */
  async complete(stackId: number, isSafe: (path: string) => boolean): Promise<void> {
    await this.finish(stackId, isSafe);
    const [own] = this.#roots(stackId);
    for (const { path } of this.list(stackId)) {
      for (const root of this.#roots(stackId, path)) {
        if (root !== own && !isSafe(path)) continue;
        if (await kindOf(`${root}/${path}`) === "missing") await this.#writeIn(root, stackId, path);
      }
    }
  }

  /** Paths of the files in the project's folder that are still as they were stored. */
  async unchanged(stackId: number): Promise<string[]> {
    const [, project] = this.#roots(stackId);
    const found: string[] = [];
    for (const { path, size, digest } of this.list(stackId)) {
      const bytes = await readReal(project!, path, size, 1);
      if (bytes !== undefined && digestOf(bytes) === digest) found.push(`${project}/${path}`);
    }
    return found;
  }

  /**
   * Removes the files of a stack from the disk; in the project's folder only those that are as they were stored.
   *
   * @param isSafe Reports whether no container can move the folders above a file; the others stay.
   */
  async removeAll(stackId: number, isSafe: (path: string) => boolean): Promise<void> {
    const [own = "", project = ""] = this.#roots(stackId);
    const unchanged = await this.unchanged(stackId);
    await removeTree(own);
    for (const path of unchanged.map((full) => full.slice(project.length + 1)).filter(isSafe)) {
      await this.#removeIn(project, stackId, path);
    }
  }

  /**
   * Refuses changes beyond the limits.
   *
   * @throws {AppError} "too-large" beyond those of a stack, "no-space" beyond that of all.
   */
  checkLimits(stackId: number, changes: FileChanges): void {
    const kept = this.list(stackId).filter(({ path }) => !changes.has(path)).map(({ size }) => size);
    const added = [...changes.values()].flatMap((bytes) => bytes === null ? [] : [bytes.length]);
    const row = this.database.prepare("SELECT sum(length(bytes)) AS size FROM blobs").get();
    checkFileLimits([...kept, ...added], Number(row?.["size"] ?? 0));
  }

  async #finishIn(root: string, stackId: number, path: string): Promise<void> {
    const bytes = this.read(stackId, path);
    if (bytes === undefined) return await this.#removeIn(root, stackId, path);
    const found = await readReal(root, path, bytes.length);
    const isWritten = found !== undefined && digestOf(found) === digestOf(bytes) &&
      await hasMode(`${root}/${path}`, this.#files.mode(stackId, path));
    if (!isWritten) await this.#writeIn(root, stackId, path);
  }

  #ignoreBusy(error: unknown, stackId: number): void {
    if (!(error instanceof AppError)) throw error;
    log.warn("A file of stack {stackId} is not in its folder: {why}", { stackId, why: error.message });
  }

  async #writeIn(root: string, stackId: number, path: string): Promise<void> {
    const bytes = this.read(stackId, path);
    if (bytes === undefined) return;
    await using drafts = new AtomicWrites();
    await this.#draftIn(drafts, root, stackId, { path, bytes, mode: this.#files.mode(stackId, path) });
    await drafts.settle();
  }

  async #draftIn(
    drafts: AtomicWrites,
    root: string,
    stackId: number,
    { path, bytes, mode }: { readonly path: string; readonly bytes: Uint8Array; readonly mode: number },
  ): Promise<void> {
    await makeFolders(root, path);
    if (await kindOf(`${root}/${path}`) === "other") {
      const reason = "a folder, link or device has this name, or the file has a second name";
      throw new AppError("busy", `Cannot write "${path}": ${reason}`);
    }
    const folder = `${this.files.texts}/${stackId}`;
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    await drafts.write(`${root}/${path}`, bytes, { folder, mode, root });
  }

  async #removeIn(root: string, stackId: number, path: string): Promise<void> {
    const other = await removeReal(root, path, `${this.files.texts}/${stackId}`);
    if (other !== undefined) {
      log.error("A container swapped folders while a file was removed: another file is now {other}", {
        other,
      });
    }
    if (await isReal(root, path)) await removeEmptyFolders(root, dirname(`${root}/${path}`));
  }

  /** The override is a text of the stack, which no container reaches. */
  #roots(stackId: number, path?: string): string[] {
    const own = this.files.own(stackId);
    return path === OVERRIDE_FILE ? [own] : [own, `${this.files.projects}/${stackId}`];
  }
}

async function hasMode(path: string, mode: number): Promise<boolean> {
  const found = await Deno.lstat(path).catch(() => undefined);
  // Windows has no permissions.
  return found?.mode === null || ((found?.mode ?? 0) & 0o777) === mode;
}
