/** Writes and removes files where a container may swap the folders above them with links at any time. */
import { AppError } from "../errors.ts";
import { isAt, isReal, isReplaceable, kindOf } from "./real_files.ts";

/**
 * Moves a draft to a path below a folder. The folders above it are checked right before the move and after it.
 *
 * @param draft Path of a file on the same file system that no container reaches.
 * @throws {AppError} "busy" when a link or something else is in the way, or the folders were swapped meanwhile.
 */
export async function moveInto(draft: string, root: string, path: string): Promise<void> {
  if (!await isReplaceable(root, path)) {
    throw new AppError("busy", `Cannot write "${path}": a link or folder is in its place`);
  }
  const moved = await Deno.lstat(draft);
  await Deno.rename(draft, `${root}/${path}`);
  if (await isAt(moved, root, path)) return;
  const message =
    "the folders above it were moved meanwhile, so it may be elsewhere. Stop the containers that use them";
  throw new AppError("busy", `Cannot write "${path}": ${message}`);
}

/**
 * Removes a plain file below a folder: it is moved to another folder, and deleted if it is the right one.
 *
 * @param folder Folder on the same file system that no container reaches.
 * @returns The path of another file that was moved there because a container swapped the folders; it stays.
 */
export async function removeReal(root: string, path: string, folder: string): Promise<string | undefined> {
  const full = `${root}/${path}`;
  const found = await Deno.lstat(full).catch(() => undefined);
  if (found === undefined || !await isReal(root, path) || await kindOf(full) !== "file") return undefined;
  const taken = `${folder}/taken-${crypto.randomUUID()}`;
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await Deno.rename(full, taken);
  const { ino, dev } = await Deno.lstat(taken);
  if (ino !== found.ino || dev !== found.dev) return taken;
  await Deno.remove(taken);
  return undefined;
}
