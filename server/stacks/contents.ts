/** The further files of stacks, and their versions. */
import { posix } from "../runtime/path.ts";
import { AppError } from "../errors.ts";
import type { StackFile } from "../protocol/stack_files.ts";
import type { StackVersion, StackVersionContents } from "../protocol/stack_versions.ts";
import { digestOf } from "../store/digest.ts";
import { AtomicWrites } from "../store/files.ts";
import { isReplaceable, readReal } from "../store/real_files.ts";
import type { StackRecord } from "../store/stack_record.ts";
import type { VersionContents } from "../store/versions.ts";
import { checkConflicts, checkFilePath, checkWriters } from "./run/file_paths.ts";
import { namedFiles, volumeFolders } from "./run/named_files.ts";
import { singleFiles } from "./run/single_files.ts";
import type { StackParts } from "./parts.ts";
import type { Stacks } from "./stacks.ts";

/** Longest file, in bytes. */
const MOST_BYTES = 1024 * 1024;

/** Files and versions of all stacks. */
export class Contents {
  constructor(readonly stacks: Stacks, readonly parts: StackParts) {}

  /**
   * Lists the files of a stack; of an adopted one those that its text names.
   *
   * @throws {AppError} "not-found".
   */
  async list(stackId: number): Promise<StackFile[]> {
    const record = this.stacks.record(stackId);
    if (record.composeFile === null) return this.parts.store.further.list(stackId);
    const names = await this.#namedSingles(stackId);
    return await Promise.all(names.map(async (path) => {
      const bytes = await readReal(record.folder!, path, MOST_BYTES);
      return { path, size: bytes?.length ?? null, digest: bytes === undefined ? null : digestOf(bytes) };
    }));
  }

  /**
   * Returns the bytes of a file.
   *
   * @throws {AppError} "not-found".
   */
  async read(stackId: number, path: string): Promise<Uint8Array> {
    const record = this.stacks.record(stackId);
    const isOwn = record.composeFile === null;
    const isNamed = isOwn || (await this.#namedSingles(stackId)).includes(path);
    const bytes = isOwn
      ? this.parts.store.further.read(stackId, path)
      : isNamed
      ? await readReal(record.folder!, path, MOST_BYTES)
      : undefined;
    if (bytes === undefined) throw missing(stackId, path);
    return bytes;
  }

  /**
   * Stores a file.
   *
   * @returns The file, and whether it is new.
   * @throws {AppError} "not-found", "invalid" for a path that is not allowed, "busy", "too-large", "no-space".
   */
  async put(stackId: number, path: string, bytes: Uint8Array): Promise<{ file: StackFile; isNew: boolean }> {
    const { store, runner } = this.parts;
    const record = this.stacks.record(stackId);
    checkFilePath(path);
    using _hold = runner.lock("change the files of", record.hostId, record.name, stackId);
    const file = { path, size: bytes.length, digest: digestOf(bytes) };
    if (record.composeFile !== null) return { file, isNew: await this.#putAdopted(record, path, bytes) };
    const paths = store.further.list(stackId).map((one) => one.path);
    checkConflicts(path, paths);
    await this.#checkWriters(record, path);
    const isNew = !paths.includes(path);
    await store.further.change(
      stackId,
      new Map([[path, bytes]]),
      isNew ? `added ${path}` : `changed ${path}`,
    );
    return { file, isNew };
  }

  /**
   * Deletes a file of a stack.
   *
   * @throws {AppError} "not-found", "busy" when the text names it or while an operation runs, "forbidden" for an
   *   adopted stack, whose files belong to the user.
   */
  async remove(stackId: number, path: string): Promise<void> {
    const { store, runner } = this.parts;
    const record = this.stacks.record(stackId);
    if (record.composeFile !== null) {
      throw new AppError("forbidden", `Cannot delete "${path}": the files of an adopted stack belong to you`);
    }
    using _hold = runner.lock("change the files of", record.hostId, record.name, stackId);
    if (store.further.read(stackId, path) === undefined) throw missing(stackId, path);
    const text = store.texts(stackId).compose;
    const named = [
      ...(await namedFiles(text)).map((name) => posix.normalize(name)),
      ...await this.#namedSingles(stackId),
    ];
    if (named.includes(path)) {
      throw new AppError("busy", `Cannot delete "${path}": the compose file names it. Remove it there first`);
    }
    await this.#checkWriters(record, path);
    await store.further.change(stackId, new Map([[path, null]]), `deleted ${path}`);
  }

  /**
   * Lists the versions of a stack, newest first.
   *
   * @throws {AppError} "not-found".
   */
  versions(stackId: number): StackVersion[] {
    this.stacks.record(stackId);
    return this.parts.store.versions.list(stackId);
  }

  /**
   * Returns a version with its contents.
   *
   * @throws {AppError} "not-found".
   */
  version(stackId: number, number: number): StackVersionContents {
    const version = this.versions(stackId).find(({ version }) => version === number);
    const contents = this.contentsOf(stackId, number);
    const decode = (bytes: Uint8Array | undefined) =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return {
      ...version!,
      compose: decode(contents.compose),
      env: decode(contents.env),
      files: [...contents.files].map(([path, bytes]) => ({
        path,
        size: bytes.length,
        digest: digestOf(bytes),
      })),
    };
  }

  /**
   * Returns the texts and files of a version.
   *
   * @throws {AppError} "not-found".
   */
  contentsOf(stackId: number, number: number): VersionContents {
    this.stacks.record(stackId);
    const contents = this.parts.store.versions.contents(stackId, number);
    if (contents !== undefined) return contents;
    throw new AppError("not-found", `Stack "${stackId}" has no version ${number}`);
  }

  async #putAdopted(record: StackRecord, path: string, bytes: Uint8Array): Promise<boolean> {
    const { stackId, folder } = record;
    if (!(await this.#namedSingles(stackId)).includes(path)) {
      throw new AppError(
        "forbidden",
        `Cannot store "${path}": the compose file of this adopted stack does not name it`,
      );
    }
    await this.#checkWriters(record, path);
    if (!await isReplaceable(folder!, path)) {
      const message = "a link, folder or device has this name, or its folder is missing or a link";
      throw new AppError("busy", `Cannot store "${path}": ${message}`);
    }
    const before = await readReal(folder!, path, MOST_BYTES);
    await using drafts = new AtomicWrites();
    await drafts.overwrite(`${folder}/${path}`, bytes);
    await drafts.settle();
    if (before === undefined || digestOf(before) !== digestOf(bytes)) {
      this.parts.store.versions.notDeployed(stackId);
    }
    return before === undefined;
  }

  async #namedSingles(stackId: number): Promise<string[]> {
    const files = await singleFiles((await this.stacks.texts(stackId)).compose);
    return [...new Set(files.map(({ path }) => path))].filter((path) => path !== ".env").sort();
  }

  async #checkWriters(record: StackRecord, path: string): Promise<void> {
    const volumes = await volumeFolders(this.parts.store.texts(record.stackId).compose, record.stackId);
    checkWriters({ ...record, volumes }, [path], this.parts.feed.containers(record.hostId) ?? []);
  }
}

function missing(stackId: number, path: string): AppError {
  return new AppError("not-found", `Stack "${stackId}" has no file "${path.slice(0, 200)}"`);
}
