/** Copies of checked texts and files: Compose reads them, so that a change after the check has no effect. */
import { dirname } from "node:path";
import { AppError } from "../../errors.ts";
import { AtomicWrites } from "../../store/files.ts";
import { readReal } from "../../store/real_files.ts";
import type { StackPaths } from "../../store/stack_files.ts";
import type { StackStore } from "../../store/stack_store.ts";
import { checkLinks, namedFiles } from "./named_files.ts";
import { replaceNames, type SingleFile, singleFiles } from "./single_files.ts";

/** A stack that is about to run, with the bytes that were checked. */
export interface CheckedStack {
  readonly stackId: number;
  readonly paths: StackPaths;
  readonly compose: Uint8Array;
  readonly env: Uint8Array | undefined;
  /** True if the project's folder belongs to the user and may contain links. */
  readonly adopted: boolean;
  /** True for a command that only ends containers: what they have planted in the folder does not prevent it. */
  readonly isEnding?: boolean;
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
    await drafts.write(paths.run.compose, adopted ? stack.compose : await ownCopy(store, stack, drafts));
    await drafts.settle();
    if (!adopted && !isEnding) {
      await checkLinks(paths.folder, await namedFiles(new TextDecoder().decode(stack.compose)));
    }
    return copy;
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

/** Returns the text with the names of single files replaced by their copies, which no container reaches. */
async function ownCopy(
  { files, further }: Pick<StackStore, "files" | "further">,
  { stackId, paths, compose, env, isEnding }: CheckedStack,
  drafts: AtomicWrites,
): Promise<Uint8Array> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(compose);
  const stored = new Set(further.list(stackId).map(({ path }) => path));
  const named = await singleFiles(text);
  const copied = new Map<string, string>();
  for (const { path, use } of named) {
    if (use !== "read" || stored.has(path) || path === ".env") continue;
    const found = await readReal(paths.folder, path, MOST_BYTES);
    const bytes = found ?? (isEnding ? new Uint8Array() : undefined);
    if (bytes === undefined) await checkReadable(paths.folder, path);
    if (bytes === undefined) continue;
    const copy = `${paths.run.folder}/files/${path}`;
    await Deno.mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    await drafts.write(copy, bytes);
    copied.set(path, copy);
  }
  const pathOf = ({ path, use }: SingleFile) => {
    if (path === ".env") return env === undefined ? undefined : use === "read" ? paths.run.env : paths.env;
    return stored.has(path) ? `${files.own(stackId)}/${path}` : use === "read" ? copied.get(path) : undefined;
  };
  return new TextEncoder().encode(replaceNames(text, named, pathOf));
}

/** Refuses a pipe or device, which Compose would read for ever. */
async function checkReadable(folder: string, path: string): Promise<void> {
  const found = await Deno.stat(`${folder}/${path}`).catch(() => undefined);
  if (found === undefined || found.isFile || found.isDirectory) return;
  throw new AppError("invalid", `Cannot run this stack: "${path}" is a pipe or device. Remove it`);
}
