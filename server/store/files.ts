/** Files that Compose reads, written atomically and readable by their owner only. */
import { basename, dirname } from "../runtime/path.ts";
import { readPlainFile } from "./real_files.ts";
import { moveInto } from "./real_writes.ts";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const DRAFT = new RegExp(`^(.+)\\.${UUID}$`);

/**
 * Reads a plain file; returns `undefined` when it does not exist.
 *
 * @param mostBytes Longer files, and anything but a plain file, are refused.
 * @throws {TypeError} when it is refused; any other error when it cannot be read.
 */
export async function readBytes(path: string, mostBytes = Infinity): Promise<Uint8Array | undefined> {
  try {
    return await readPlainFile(path, mostBytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Reads a text, byte for byte; returns `undefined` when there is no file.
 *
 * @param mostBytes Longer files, and anything but a plain file, are refused.
 * @throws {TypeError} when it is refused or not UTF-8.
 */
export async function readText(path: string, mostBytes = Infinity): Promise<string | undefined> {
  const bytes = await readBytes(path, mostBytes);
  return bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Place of a draft. */
export interface DraftPlace {
  /** Default: the folder of the path. */
  readonly folder?: string;
  /** Default 0600. */
  readonly mode?: number;
  /** Folder that the path must really be in, although a container may swap the folders in it with links. */
  readonly root?: string;
}

interface Target {
  readonly path: string;
  readonly root: string | undefined;
}

/** Longest name of a file at the start of its draft's name, bytes. */
const LONGEST_START = 218;

/** Files that are written and synced beside their final paths. Disposing it removes those that were not moved there. */
export class AtomicWrites implements AsyncDisposable {
  readonly #drafts = new Map<string, Target>();

  /**
   * Writes the new content of a path.
   *
   * @param place Folder of the draft, which has to be on the file system of the path, and permissions of the file.
   */
  async write(path: string, bytes: Uint8Array, place: DraftPlace = {}): Promise<void> {
    const { folder = dirname(path), mode = 0o600, root } = place;
    const draft = `${folder}/${shortened(basename(path))}.${crypto.randomUUID()}`;
    using file = await Deno.open(draft, { write: true, createNew: true, mode: 0o600 });
    this.#drafts.set(draft, { path, root });
    if (mode !== 0o600) await Deno.chmod(draft, mode);
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
    await file.sync();
  }

  /**
   * Writes the new content of a user's file: links are followed, and the file keeps its mode and owner. A lost folder
   * is created again.
   *
   * @param wanted Permissions that the file gets instead.
   */
  async overwrite(path: string, bytes: Uint8Array, wanted?: number): Promise<void> {
    const real = await realPath(path);
    await Deno.mkdir(dirname(real), { recursive: true });
    await this.write(real, bytes);
    const draft = [...this.#drafts].find(([, { path }]) => path === real)![0];
    const { mode, uid, gid } = await Deno.stat(real).catch(() => ({ mode: null, uid: null, gid: null }));
    // Only root may give a file away; for anyone else the owner is the same already.
    if (uid !== null && gid !== null) await Deno.chown(draft, uid, gid).catch(() => {});
    const kept = wanted ?? mode;
    if (kept !== null) await Deno.chmod(draft, kept & 0o777);
  }

  /** Moves every draft to its path, which needs no space on the disk; a reader sees the old or the new content. */
  async settle(): Promise<void> {
    for (const [draft, { path, root }] of this.#drafts) {
      if (root === undefined) await Deno.rename(draft, path);
      else await moveInto(draft, root, path.slice(root.length + 1));
      this.#drafts.delete(draft);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const draft of this.#drafts.keys()) await removeFile(draft);
  }
}

/** The start of a name, so that it still fits into a folder with the id of a draft: 255 bytes are allowed. */
function shortened(name: string): string {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= LONGEST_START) return name;
  // A character that is cut in the middle is left out.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_START - 3), { stream: true });
}

/** Removes the drafts that a kill has left in a folder: those of the given file names, or all. */
export async function removeTemporaryFiles(folder: string, names?: readonly string[]): Promise<void> {
  for (const entry of await namesIn(folder)) {
    const [, name] = DRAFT.exec(entry) ?? [];
    if (name !== undefined && (names === undefined || names.includes(name))) {
      await removeFile(`${folder}/${entry}`);
    }
  }
}

/** Names of the draft folders in a folder, as {@linkcode draftFolder} makes them. */
export async function draftFolders(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => name.startsWith("new.") && DRAFT.test(name));
}

/** Path of a new folder for drafts; it is not created. */
export function draftFolder(folder: string): string {
  return `${folder}/new.${crypto.randomUUID()}`;
}

/** Names in a folder, sorted; none when it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}

/** Removes a file, if it exists. */
export async function removeFile(path: string): Promise<void> {
  await unlessMissing(Deno.remove(path));
}

/** Removes a folder that DockStat made for drafts, with everything in it. */
export async function removeTree(path: string): Promise<void> {
  await unlessMissing(Deno.remove(path, { recursive: true }));
}

/** Removes a folder if it is empty. */
export async function removeEmptyFolder(path: string): Promise<void> {
  if ((await namesIn(path)).length > 0) return;
  try {
    await unlessMissing(Deno.remove(path));
  } catch (error) {
    // A container may have written into it since.
    if ((await namesIn(path)).length === 0) throw error;
  }
}

/** Removes empty folders, from one upward to a root that stays. */
export async function removeEmptyFolders(root: string, from: string): Promise<void> {
  for (let folder = from; folder.startsWith(`${root}/`); folder = dirname(folder)) {
    await removeEmptyFolder(folder);
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

async function unlessMissing(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (!missing) throw error;
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return path;
    throw error;
  }
}
