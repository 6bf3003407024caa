/** Pure: entries of a commit, and the choice of the files that a stack needs. */
import { posix } from "../runtime/path.ts";
import { AppError } from "../errors.ts";

/** An entry below a folder of a commit. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000` for a link, `160000` for a submodule, `040000` for a folder. */
  readonly mode: string;
  readonly object: string;
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
  /** Relative to the folder. */
  readonly path: string;
}

/** Largest number of entries that are looked at. */
const MOST_ENTRIES = 100_000;
/** Largest file, bytes. */
const MOST_BYTES = 1024 * 1024;
/** Largest number and size of the files of a stack. */
const MOST_FILES = 1000;
const MOST_ALL = 16 * 1024 * 1024;

/**
 * Parses the output of `git ls-tree -r -t -z -l`.
 *
 * @throws {AppError} "engine-refused" for a tree with too many entries or a name that is not UTF-8.
 */
export function parseTree(output: Uint8Array): readonly TreeEntry[] {
  const lines = decode(output).split("\0").slice(0, -1);
  if (lines.length > MOST_ENTRIES) throw refused(`it has more than ${MOST_ENTRIES} files`);
  return lines.map((line) => {
    const [, mode = "", object = "", size = "", path = ""] =
      /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path === "") throw refused("its list of files cannot be read");
    return { mode, object, size: size === "-" ? 0 : Number(size), path };
  });
}

function decode(output: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(output);
  } catch (cause) {
    throw new AppError("engine-refused", "Cannot use the Git repository: the name of a file is not UTF-8", {
      cause,
    });
  }
}

/**
 * Chooses the files that a compose text names, and those in the folders that it names.
 *
 * @param named Relative paths in the text.
 * @param compose Path of the compose file itself, which is left out.
 * @throws {AppError} "invalid" for a link, a submodule, or files beyond the limits.
 */
export function ownFiles(
  entries: readonly TreeEntry[],
  named: readonly string[],
  compose: string,
): readonly TreeEntry[] {
  const wanted = new Set(named.map((path) => posix.normalize(path).replace(/\/+$/, "")));
  const above = new Set([...wanted].flatMap(foldersAbove));
  const isWanted = ({ mode, path }: TreeEntry) =>
    wanted.has(".") || wanted.has(path) || foldersAbove(path).some((folder) => wanted.has(folder)) ||
    // A named file lies behind a link.
    !isFile(mode) && above.has(path);
  const found = entries.filter((entry) => entry.mode !== FOLDER && entry.path !== compose && isWanted(entry));
  for (const entry of found) checkEntry(entry);
  if (found.length > MOST_FILES) {
    throw refused(`the compose file names ${found.length} files, ${MOST_FILES} at most`);
  }
  const size = found.reduce((sum, entry) => sum + entry.size, 0);
  if (size > MOST_ALL) {
    throw refused(`the files that the compose file names have ${size} bytes, ${MOST_ALL} at most`);
  }
  return found;
}

/** Folders above a path, such as "a" and "a/b" of "a/b/c". */
export function foldersAbove(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

const FOLDER = "040000";
/** Mode of an executable file. */
export const EXECUTABLE = "100755";

function isFile(mode: string): boolean {
  return mode === "100644" || mode === EXECUTABLE;
}

/**
 * Refuses an entry that is not a plain file of an allowed size.
 *
 * @throws {AppError} "invalid" that names it.
 */
export function checkEntry({ mode, path, size }: TreeEntry): void {
  const name = JSON.stringify(path.slice(0, 200));
  if (mode === "120000") throw refused(`${name} is a symbolic link, which stacks from Git cannot have`);
  if (mode === "160000") throw refused(`${name} is a submodule, which stacks from Git cannot have`);
  if (!isFile(mode)) throw refused(`${name} is not a file`);
  if (size > MOST_BYTES) throw refused(`${name} has ${size} bytes, ${MOST_BYTES} at most`);
}

/** Returns the error of a repository whose files cannot be used. */
export function refused(why: string): AppError {
  const message = `Cannot use the Git repository: ${why}`;
  return new AppError("invalid", message, { issues: [{ path: "git", message: why }] });
}
