/** Copies of checked texts and files: Compose reads them, so that a change after the check has no effect. */
import { dirname } from "../../runtime/path.ts";
import { AppError } from "../../errors.ts";
import { AtomicWrites } from "../../store/files.ts";
import { readReal } from "../../store/real_files.ts";
import type { StackFiles, StackPaths } from "../../store/stack_files.ts";
import type { StackStore } from "../../store/stack_store.ts";
import { checkLinks, namedFiles } from "./named_files.ts";
import { replaceNames, sharedName, type SingleFile, singleFiles } from "./single_files.ts";

/** A stack that is about to run, with the bytes that were checked. */
export interface CheckedStack {
  readonly stackId: number;
  readonly paths: StackPaths;
  readonly compose: Uint8Array;
  readonly env: Uint8Array | undefined;
  /** True if the environment has values of a repository, which the stored text does not have. */
  readonly isLayered?: boolean;
  /** True if the project's folder belongs to the user and may contain links. */
  readonly adopted: boolean;
  /** True for a command that only ends containers: what they have planted in the folder does not prevent it. */
  readonly isEnding?: boolean;
  /** The user's override of the compose file. */
  readonly override?: Uint8Array | undefined;
  /** Override with the digests of images. */
  readonly pins?: string | undefined;
  /** Reports whether no container can move the folders above a file. */
  readonly isSafe: (path: string) => boolean;
}

/** Longest file that is copied, in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * Writes the copies; disposing the result removes them. The environment's copy always exists: without it Compose would
 * read a `.env` in the project's folder.
 *
 * @throws {AppError} "invalid" when a file that the stack names is outside its folder.
 */
export async function writeCheckedCopy(
  store: Pick<StackStore, "files" | "further">,
  stack: CheckedStack,
): Promise<AsyncDisposable> {
  const { stackId, paths, env, adopted, isEnding = false } = stack;
  const { files, further } = store;
  await files.create(stackId, paths);
  const copy = { [Symbol.asyncDispose]: () => files.removeRun(stackId) };
  try {
    await using drafts = new AtomicWrites();
    await drafts.write(paths.run.env, env ?? new Uint8Array());
    if (!adopted) await further.complete(stackId, stack.isSafe);
    if (stack.isLayered) {
      await Deno.mkdir(files.own(stackId), { recursive: true, mode: 0o700 });
      await drafts.write(layeredPath(files, stackId), env ?? new Uint8Array());
    }
    if (stack.pins !== undefined) await drafts.write(paths.run.pins, new TextEncoder().encode(stack.pins));
    const texts = [[paths.run.compose, stack.compose], [paths.run.override, stack.override]] as const;
    for (const [path, text] of texts) {
      if (text === undefined) continue;
      await drafts.write(path, await withCopies(store, stack, text, drafts));
      if (!adopted && !isEnding) {
        await checkLinks(paths.folder, await namedFiles(new TextDecoder().decode(text)));
      }
    }
    await drafts.settle();
    return copy;
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

/** Path of an environment with values of a repository, for mounts; it stays after the run. */
function layeredPath(files: StackFiles, stackId: number): string {
  return `${files.own(stackId)}/.env`;
}

/** Returns the text with the names of single files replaced by their copies, which no container reaches. */
async function withCopies(
  { files, further }: Pick<StackStore, "files" | "further">,
  { stackId, paths, env, isLayered, adopted, isEnding }: CheckedStack,
  bytes: Uint8Array,
  drafts: AtomicWrites,
): Promise<Uint8Array> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const stored = new Set(further.list(stackId).map(({ path }) => path));
  const isEnv = (path: string) => path === ".env" && !adopted;
  const named = await singleFiles(text);
  const copied = new Map<string, string>();
  for (const { path, use, isShared } of named) {
    if (use !== "read") continue;
    if (isShared && !isEnding) throw new AppError("invalid", `Cannot run this stack: ${sharedName(path)}`);
    if (stored.has(path) || isEnv(path) || copied.has(path)) continue;
    const found = await readFile(paths.folder, path, adopted && !isEnding);
    const bytes = found ?? (isEnding ? new Uint8Array() : undefined);
    if (bytes === undefined) await checkReadable(paths.folder, path);
    const copy = `${paths.run.files}/${path}`;
    // Compose does not find a file that is missing now, even if a container creates it meanwhile.
    copied.set(path, copy);
    if (bytes === undefined) continue;
    await Deno.mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    await drafts.write(copy, bytes);
  }
  const pathOf = ({ path, use, key }: SingleFile) => {
    // Compose recreates a container whose label files have other names: an adopted one has the user's.
    if (adopted && key === "label_file") return undefined;
    if (isEnv(path) && env === undefined) return undefined;
    if (isEnv(path) && use === "read") return paths.run.env;
    if (isEnv(path)) return isLayered ? layeredPath(files, stackId) : paths.env;
    return stored.has(path) ? `${files.own(stackId)}/${path}` : use === "read" ? copied.get(path) : undefined;
  };
  return new TextEncoder().encode(replaceNames(text, named, pathOf));
}

/**
 * Reads a file of a project.
 *
 * @param followsLinks True if a link may lead to another file in the folder, as in a folder of the user.
 * @throws {AppError} "invalid" when a link leads out of the folder.
 */
async function readFile(
  folder: string,
  path: string,
  followsLinks: boolean,
): Promise<Uint8Array | undefined> {
  if (!followsLinks) return await readReal(folder, path, MOST_BYTES);
  await checkLinks(folder, [path]);
  const root = await Deno.realPath(folder);
  const real = await Deno.realPath(`${folder}/${path}`).catch(() => undefined);
  // What has become a link since is not read.
  return real?.startsWith(`${root}/`)
    ? await readReal(root, real.slice(root.length + 1), MOST_BYTES)
    : undefined;
}

/** Refuses a pipe or device, which Compose would read for ever. */
async function checkReadable(folder: string, path: string): Promise<void> {
  const found = await Deno.stat(`${folder}/${path}`).catch(() => undefined);
  if (found === undefined || found.isFile || found.isDirectory) return;
  throw new AppError("invalid", `Cannot run this stack: "${path}" is a pipe or device. Remove it`);
}
