/** The further files of stacks, and their versions. */
import { AppError } from "../errors.ts";
import type { StackFile } from "../protocol/stack_files.ts";
import type { StackVersion, StackVersionContents } from "../protocol/stack_versions.ts";
import { digestOf } from "../store/digest.ts";
import { checkFileSize, MOST_FILE_BYTES } from "../store/file_limits.ts";
import type { FileChanges } from "../store/further/file_rows.ts";
import { readReal } from "../store/real_files.ts";
import type { StackRecord } from "../store/stack_record.ts";
import type { VersionContents } from "../store/versions.ts";
import { DEFAULT_MODE, type FileModes, modeText } from "../store/further/file_modes.ts";
import { checkFileChanges, draftAdopted, namedSingles, safeModes, userFile } from "./run/file_edits.ts";
import { checkFilePath } from "./run/file_paths.ts";
import type { StackParts } from "./parts.ts";
import type { Stacks } from "./stacks.ts";

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
    if (record.composeFile === null) {
      return this.parts.store.further.list(stackId).map((file) => ({ ...file, mode: modeText(file.mode) }));
    }
    const names = await this.#namedSingles(stackId);
    return await Promise.all(names.map(async (path) => {
      const bytes = await readReal(record.folder!, path, MOST_FILE_BYTES);
      if (bytes === undefined) return { path, size: null, digest: null, mode: null };
      const { mode } = await Deno.lstat(`${record.folder}/${path}`).catch(() => ({ mode: null }));
      return toFile(path, bytes, mode ?? DEFAULT_MODE);
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
      ? await readReal(record.folder!, path, MOST_FILE_BYTES)
      : undefined;
    if (bytes === undefined) throw missing(stackId, path);
    return bytes;
  }

  /**
   * Stores a file.
   *
   * @param mode Permissions; without it, the file keeps its own.
   * @returns The file, and whether it is new.
   * @throws {AppError} "not-found", "invalid" for a path that is not allowed, "busy", "too-large", "no-space".
   */
  async put(
    stackId: number,
    path: string,
    bytes: Uint8Array,
    mode?: number,
  ): Promise<{ file: StackFile; isNew: boolean }> {
    const { store, runner } = this.parts;
    const record = this.stacks.record(stackId);
    checkFilePath(path);
    checkFileSize(`"${path}"`, bytes.length);
    using _hold = runner.lock("change the files of", record.hostId, record.name, stackId);
    const modes = safeModes(new Map(mode === undefined ? [] : [[path, mode]]));
    const changes = await this.#checked(record, path, bytes, modes);
    if (record.composeFile !== null) {
      await using drafts = await draftAdopted(store, record, changes, modes);
      await drafts.settle();
      const { mode } = await Deno.lstat(`${record.folder}/${path}`).catch(() => ({ mode: null }));
      return { file: toFile(path, bytes, mode ?? DEFAULT_MODE), isNew: drafts.added.length > 0 };
    }
    const isNew = store.further.read(stackId, path) === undefined;
    await store.further.change(stackId, changes, isNew ? `added ${path}` : `changed ${path}`, modes);
    return { file: toFile(path, bytes, store.further.mode(stackId, path)), isNew };
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
    if (record.composeFile !== null) throw userFile(path);
    checkFilePath(path);
    using _hold = runner.lock("change the files of", record.hostId, record.name, stackId);
    if (store.further.read(stackId, path) === undefined) throw missing(stackId, path);
    await store.further.change(stackId, await this.#checked(record, path, null), `deleted ${path}`);
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
      files: [...contents.files].map(([path, bytes]) =>
        toFile(path, bytes, contents.modes.get(path) ?? DEFAULT_MODE)
      ),
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

  async #namedSingles(stackId: number): Promise<string[]> {
    return await namedSingles((await this.stacks.texts(stackId)).compose);
  }

  async #checked(
    record: StackRecord,
    path: string,
    bytes: Uint8Array | null,
    modes: FileModes = new Map(),
  ): Promise<FileChanges> {
    const { stackId, hostId } = record;
    const { store, feed } = this.parts;
    const { compose } = await this.stacks.texts(stackId);
    const changes = new Map([[path, bytes]]);
    return await checkFileChanges(store, record, compose, changes, modes, feed.containers(hostId) ?? []);
  }
}

/** Describes a file that exists. */
function toFile(path: string, bytes: Uint8Array, mode: number) {
  return { path, size: bytes.length, digest: digestOf(bytes), mode: modeText(mode) };
}

function missing(stackId: number, path: string): AppError {
  return new AppError("not-found", `Stack "${stackId}" has no file "${path.slice(0, 200)}"`);
}
