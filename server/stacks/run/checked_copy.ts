/** Copies of checked texts: Compose reads them, so that a change after the check has no effect. */
import { resolve } from "node:path";
import { AppError } from "../../errors.ts";
import { AtomicWrites } from "../../store/files.ts";
import type { StackFiles, StackPaths } from "../../store/stack_files.ts";
import { checkLinks, namedFiles } from "./named_files.ts";

/** A stack that is about to run, with the bytes that were checked. */
export interface CheckedStack {
  readonly stackId: number;
  readonly paths: StackPaths;
  readonly compose: Uint8Array;
  readonly env: Uint8Array | undefined;
  /** True if the project's folder belongs to the user and may contain links. */
  readonly adopted: boolean;
}

/**
 * Writes the copies; disposing the result removes them. The environment's copy always exists: without it Compose would
 * read a `.env` in the project's folder.
 *
 * @throws {AppError} "invalid" when a file that the stack names is outside its folder.
 */
export async function writeCheckedCopy(files: StackFiles, stack: CheckedStack): Promise<AsyncDisposable> {
  const { stackId, paths, compose, env, adopted } = stack;
  await files.create(stackId, paths);
  const copy = { [Symbol.asyncDispose]: () => files.removeRun(stackId) };
  try {
    await using drafts = new AtomicWrites();
    await drafts.write(paths.run.compose, compose);
    await drafts.write(paths.run.env, env ?? new Uint8Array());
    const named = adopted ? [] : namedFiles(new TextDecoder().decode(compose));
    await shareEnv(drafts, paths, env, named);
    await drafts.settle();
    if (!adopted) await checkLinks(paths.folder, named);
    return copy;
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

/** Copies the environment into the project's folder for a service with `env_file: .env`. */
async function shareEnv(
  drafts: AtomicWrites,
  { folder, run }: StackPaths,
  env: Uint8Array | undefined,
  named: readonly string[],
): Promise<void> {
  const path = resolve(folder, ".env");
  if (env === undefined || !named.some((name) => resolve(folder, name) === path)) return;
  const old = await Deno.lstat(path).catch(() => undefined);
  if (old?.isDirectory) {
    throw new AppError(
      "failed",
      `Cannot write "${path}": a folder has this name. Remove it, or rename it.`,
    );
  }
  await drafts.write(path, env, run.folder);
}
