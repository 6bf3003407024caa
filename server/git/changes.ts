/** Differences between what a stack has and what a commit has. */
import { digestOf } from "../store/digest.ts";
import type { GitRow } from "../store/git/git_rows.ts";
import type { StackStore } from "../store/stack_store.ts";
import type { GitContents } from "./contents.ts";
import { refused } from "./tree.ts";

/** A file that differs. */
export interface ChangedFile {
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
  /** `null` for a removed one. */
  readonly bytes: Uint8Array | null;
}

/** Differences of one stack. */
export interface GitChanges {
  /** The new text; `undefined` if it stays. */
  readonly compose: string | undefined;
  readonly files: readonly ChangedFile[];
  /** The new `.env` of the repository, empty without one; `undefined` if it stays. */
  readonly env: string | undefined;
}

/** Reports whether anything of a stack differs. */
export function hasChanges({ compose, files, env }: GitChanges): boolean {
  return compose !== undefined || files.length > 0 || env !== undefined;
}

/**
 * Compares a stack with the contents of a commit. Files that do not come from Git stay.
 *
 * @throws {AppError} "invalid" when a local file has the path of one of the repository.
 */
export function changesOf(
  store: StackStore,
  stackId: number,
  { files: known, env: before = "" }: GitRow,
  { compose, files, modes, env = "" }: GitContents,
): GitChanges {
  const stored = store.versions.filesOf(stackId);
  const isStored = (path: string) => Object.hasOwn(stored, path);
  const local = Object.keys(stored).filter((path) => !known.includes(path));
  for (const path of files.keys()) {
    const other = local.find((one) =>
      one === path || one.startsWith(`${path}/`) || path.startsWith(`${one}/`)
    );
    if (other === undefined) continue;
    const remedy = "delete it, or give it another name";
    throw refused(
      `it has ${JSON.stringify(path)}, and the stack has the local file ${JSON.stringify(other)}: ${remedy}`,
    );
  }
  const differs = ([path, bytes]: [string, Uint8Array]) =>
    !isStored(path) || stored[path] !== digestOf(bytes) ||
    modes.get(path) !== store.further.mode(stackId, path);
  const written = [...files].filter(differs).map(([path, bytes]): ChangedFile => ({
    ...{ path, bytes },
    change: isStored(path) ? "changed" : "added",
  }));
  const removed = known.filter((path) => isStored(path) && !files.has(path)).map((path): ChangedFile => ({
    ...{ path, bytes: null },
    change: "removed",
  }));
  const text = store.texts(stackId).compose;
  return {
    compose: text === compose ? undefined : compose,
    files: [...written, ...removed],
    env: env === before ? undefined : env,
  };
}

/** Reason of the version that a commit makes. */
export function versionReason(commit: string): string {
  return `Git ${commit.slice(0, 12)}`;
}
