/** Reads files where a container, or someone else, may plant links, pipes and endless files at any time. */
import type { promises } from "node:fs";
import { dirname } from "../runtime/path.ts";
import { builtin } from "../builtin.ts";
import { AppError } from "../errors.ts";

type FileHandle = promises.FileHandle;

/** Number of checks of a path after it was opened; an attacker who swaps folders would have to pass each of them. */
const LOOKS = 16;

/** Opens nothing that waits for a writer; Windows has neither flag. */
function neverWait(): number {
  const { O_RDONLY, O_NONBLOCK = 0 } = builtin("node:fs").constants;
  return O_RDONLY | O_NONBLOCK;
}

function noLink(): number {
  return neverWait() | (builtin("node:fs").constants.O_NOFOLLOW ?? 0);
}

function open(path: string, flags: number): Promise<FileHandle> {
  return builtin("node:fs").promises.open(path, flags);
}

/**
 * Reads a file below a folder.
 *
 * @param looks Number of checks of the path; one is enough if no client receives the bytes.
 * @returns `undefined` if there is no plain file of this name and size with one name, whose folders are real.
 */
export async function readReal(
  root: string,
  path: string,
  mostBytes: number,
  looks = LOOKS,
): Promise<Uint8Array | undefined> {
  const file = await open(`${root}/${path}`, noLink()).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size, nlink } = await file.stat();
    if (size > mostBytes || nlink !== 1 || !await isBelow(file, root, path, looks)) return undefined;
    return await readAtMost(file, mostBytes);
  } finally {
    await file.close();
  }
}

/**
 * Reads a plain file; links are followed.
 *
 * @throws {TypeError} when it is longer than allowed, or anything but a plain file.
 */
export async function readPlainFile(path: string, mostBytes: number): Promise<Uint8Array> {
  const file = await open(path, neverWait());
  try {
    const found = await file.stat();
    const bytes = found.isFile() && found.size <= mostBytes ? await readAtMost(file, mostBytes) : undefined;
    if (bytes !== undefined) return bytes;
  } finally {
    await file.close();
  }
  throw new TypeError(`"${path}" is not a plain file of at most ${mostBytes} bytes`);
}

/** Reports whether no folder above a file is a link. */
export async function isReal(root: string, path: string): Promise<boolean> {
  const { realpath } = builtin("node:fs").promises;
  const expected = dirname(`${await realpath(root).catch(() => root)}/${path}`);
  return await realpath(dirname(`${root}/${path}`)).catch(() => undefined) === expected;
}

/** Reports whether a path below a folder is free, or that of a plain file with one name, whose folders are real. */
export async function isReplaceable(root: string, path: string): Promise<boolean> {
  return await isReal(root, path) && await kindOf(`${root}/${path}`) !== "other";
}

/** Reports whether an open file is the plain one at a path below a folder: what was opened may lie elsewhere. */
async function isBelow(file: FileHandle, root: string, path: string, looks: number): Promise<boolean> {
  const opened = await file.stat();
  return opened.isFile() && await isAt(opened, root, path, looks);
}

/** Reports whether a file is the one at a path below a folder, whose folders are real. */
export async function isAt(
  { ino, dev }: { readonly ino: number | null; readonly dev: number },
  root: string,
  path: string,
  looks = LOOKS,
): Promise<boolean> {
  const { lstat } = builtin("node:fs").promises;
  for (let look = 0; look < looks; look++) {
    if (!await isReal(root, path)) return false;
    const found = await lstat(`${root}/${path}`).catch(() => undefined);
    if (found?.ino !== ino || found.dev !== dev) return false;
  }
  return true;
}

/** Reads a file that may grow meanwhile; `undefined` if it is longer than allowed. */
async function readAtMost(file: FileHandle, mostBytes: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length <= mostBytes) {
    const part = new Uint8Array(64 * 1024);
    const { bytesRead } = await file.read(part, 0, part.length, null);
    if (bytesRead === 0) return joined(parts, length);
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  return undefined;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Creates the folders above a file.
 *
 * @throws {AppError} "busy" when a link or file is among them.
 */
export async function makeFolders(root: string, path: string): Promise<void> {
  await Deno.mkdir(root, { recursive: true, mode: 0o700 });
  let folder = root;
  for (const part of path.split("/").slice(0, -1)) {
    folder += `/${part}`;
    const found = await Deno.lstat(folder).catch(ignoreMissing);
    if (found === undefined) await Deno.mkdir(folder, { mode: 0o755 });
    else if (!found.isDirectory) {
      throw new AppError("busy", `Cannot write "${path}": "${part}" is not a folder`);
    }
  }
}

/** Returns the kind of a path; a file with several names is another kind, and so is what cannot be read. */
export async function kindOf(path: string): Promise<"missing" | "file" | "other"> {
  try {
    const { isFile, nlink } = await Deno.lstat(path);
    return isFile && (nlink ?? 1) === 1 ? "file" : "other";
  } catch (error) {
    if (isUnreachable(error)) return "other";
    if (isUnusable(error)) return "missing";
    return ignoreMissing(error) ?? "missing";
  }
}

/** Reports whether a path could not be followed: through a circle of links, or a folder that is not readable. */
export function isUnreachable(error: unknown): boolean {
  const { FilesystemLoop, PermissionDenied } = Deno.errors;
  return error instanceof FilesystemLoop || error instanceof PermissionDenied;
}

/** Reports whether a path is one that nothing can have: too long, or with a NUL. */
export function isUnusable(error: unknown): boolean {
  return error instanceof Error &&
    ["ENAMETOOLONG", "EINVAL"].includes(String((error as { code?: unknown }).code));
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
  throw error;
}
