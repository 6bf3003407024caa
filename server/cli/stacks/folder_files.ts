/** Reads the files below a folder that go into a stack. */
import { AppError, reason } from "../../errors.ts";
import { checkFilePath, isReadUnasked } from "../../stacks/run/file_paths.ts";
import { type FileModes, safeMode } from "../../store/further/file_modes.ts";
import { quoted } from "../quoted.ts";

/** Limits of the server for the files of a stack. */
const MOST_FILES = 1000;
const MOST_BYTES = 1024 * 1024;
const MOST_BYTES_IN_ALL = 16 * 1024 * 1024;

/** The files of a folder. */
export interface FolderFiles {
  /** Bytes by path, relative to the folder, in order. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Permissions by path, as the server stores them; empty on Windows. */
  readonly modes: FileModes;
  /** Paths that are not sent: links, devices, and names that Compose reads by default. */
  readonly skipped: readonly string[];
}

/**
 * Reads every regular file below a folder, except those in `.git` and the given texts.
 *
 * @param texts Real paths of the compose file and the .env file.
 * @throws {AppError} "usage" when a file cannot be read, has a path that a stack cannot have, or exceeds a limit.
 */
export async function readFolder(dir: string, texts: readonly string[]): Promise<FolderFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const modes = new Map<string, number>();
  const skipped: string[] = [];
  let bytes = 0;
  for await (const { path, isFile } of walk(dir, "")) {
    if (isFile && texts.includes(await realPath(`${dir}/${path}`))) continue;
    if (!isFile || isReadUnasked(path)) {
      skipped.push(path);
      continue;
    }
    checkPath(path);
    if (files.size >= MOST_FILES) throw refuse(dir, `it has more than ${MOST_FILES} files`);
    const { content, mode } = await readFile(dir, path);
    if (mode !== null) modes.set(path, readableMode(mode));
    bytes += content.length;
    if (bytes > MOST_BYTES_IN_ALL) throw refuse(dir, "its files are larger than 16 MiB in all");
    files.set(path, content);
  }
  return { files, modes, skipped };
}

/**
 * Returns the permissions with reading for everyone: on the server the owner is root, and containers often run as
 * another user. The data folder keeps other users of the machine out.
 */
function readableMode(mode: number): number {
  return safeMode((mode & 0o100) === 0 ? mode & ~0o111 | 0o444 : mode | 0o555);
}

/** Yields everything that is not a folder, in order of the names. */
async function* walk(dir: string, below: string): AsyncGenerator<{ path: string; isFile: boolean }> {
  for (const { name, isFile, isDirectory } of await entriesOf(dir, below)) {
    const path = below + name;
    if (name.toLowerCase() === ".git") continue;
    if (isDirectory) yield* walk(dir, `${path}/`);
    else yield { path, isFile };
  }
}

async function entriesOf(dir: string, below: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(`${dir}/${below}`));
    return entries.sort((one, other) => one.name < other.name ? -1 : 1);
  } catch (cause) {
    throw refuse(dir, below === "" ? why(cause) : `${quoted(below)}: ${why(cause)}`, cause);
  }
}

async function readFile(
  dir: string,
  path: string,
): Promise<{ readonly content: Uint8Array<ArrayBuffer>; readonly mode: number | null }> {
  try {
    const { size, mode } = await Deno.stat(`${dir}/${path}`);
    if (size > MOST_BYTES) throw refuse(dir, `${quoted(path)} is larger than 1 MiB`);
    return { content: await Deno.readFile(`${dir}/${path}`), mode };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw refuse(dir, `${quoted(path)}: ${why(cause)}`, cause);
  }
}

function checkPath(path: string): void {
  try {
    checkFilePath(path);
  } catch (cause) {
    throw new AppError("usage", `--dir: ${reason(cause)}`, { cause });
  }
}

/** Returns the path without links; the path itself where it cannot be resolved. */
export async function realPath(path: string): Promise<string> {
  return await Deno.realPath(path).catch(() => path);
}

function why(cause: unknown): string {
  return cause instanceof Deno.errors.NotFound ? "there is no such folder" : reason(cause);
}

function refuse(dir: string, message: string, cause?: unknown): AppError {
  return new AppError("usage", `--dir: cannot send "${dir}": ${message}`, { cause });
}
