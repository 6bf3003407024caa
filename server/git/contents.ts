/** Reads the compose file of a commit, and the files that it names. */
import { posix } from "../runtime/path.ts";
import { checkFilePath } from "../stacks/run/file_paths.ts";
import { namedFiles } from "../stacks/run/named_files.ts";
import { DEFAULT_MODE, type FileModes } from "../store/further/file_modes.ts";
import type { Snapshot } from "./repository.ts";
import { checkEntry, EXECUTABLE, foldersAbove, ownFiles, refused, type TreeEntry } from "./tree.ts";

/** Contents of a commit for a stack. */
export interface GitContents {
  readonly compose: string;
  /** Path of the compose file in the repository. */
  readonly path: string;
  /** The `.env` beside it; `undefined` without one. */
  readonly env: string | undefined;
  /** Bytes by path, relative to the folder of the compose file. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Permissions of the files. */
  readonly modes: FileModes;
}

/** Names that are searched for in a folder, in the order of Compose. */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
/** First line of a file that is kept elsewhere. */
const LFS = "version https://git-lfs.github.com/spec/";

/**
 * Reads what a commit has for a stack.
 *
 * @param path Path of a compose file, or of its folder.
 * @throws {AppError} "invalid" when the file is missing, or a file cannot be stored.
 */
export async function readContents(snapshot: Snapshot, path: string): Promise<GitContents> {
  const { folder, name, entries } = await findCompose(snapshot, path);
  const entry = entries.find((one) => one.path === name)!;
  const local = entries.find((one) => one.path === ".env");
  for (const one of local === undefined ? [entry] : [entry, local]) checkEntry(one);
  const [text = "", env] = (await snapshot.read(local === undefined ? [entry] : [entry, local])).map(textOf);
  const own = ownFiles(entries, await namedFiles(text), name).filter((one) => one.path !== ".env");
  const bytes = await snapshot.read(own);
  const files = new Map(own.map((one, index) => [one.path, checked(one.path, bytes[index]!)]));
  for (const one of files.keys()) checkFilePath(one);
  checkCase([...files.keys()]);
  const modes = new Map(own.map(({ path, mode }) => [path, mode === EXECUTABLE ? 0o755 : DEFAULT_MODE]));
  return { compose: text, path: posix.join(folder, name), env, files, modes };
}

async function findCompose(
  snapshot: Snapshot,
  path: string,
): Promise<{ readonly folder: string; readonly name: string; readonly entries: readonly TreeEntry[] }> {
  const inside = await snapshot.list(path);
  const found = inside === undefined
    ? undefined
    : NAMES.find((name) => inside.some((one) => one.path === name));
  if (inside !== undefined && found !== undefined) return { folder: path, name: found, entries: inside };
  const folder = posix.dirname(`/${path}`).slice(1);
  const name = posix.basename(path);
  const entries = inside === undefined ? await snapshot.list(folder) : undefined;
  if (entries?.some((one) => one.path === name)) return { folder, name, entries };
  throw refused(`it has no compose file at ${JSON.stringify(path === "" ? "/" : path)}`);
}

/** Refuses names that are the same on disks that ignore case. */
function checkCase(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined) {
      throw refused(`${JSON.stringify(path)} and ${JSON.stringify(other)} differ only in case`);
    }
    seen.set(path.toLowerCase(), path);
  }
  for (const path of paths) {
    const file = foldersAbove(path).map((folder) => seen.get(folder.toLowerCase())).find((one) =>
      one !== undefined
    );
    if (file !== undefined) {
      throw refused(`${JSON.stringify(path)} and ${JSON.stringify(file)} differ only in case`);
    }
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused("the compose file or its .env is not UTF-8");
  }
}

function checked(path: string, bytes: Uint8Array): Uint8Array {
  if (!new TextDecoder().decode(bytes.subarray(0, LFS.length)).startsWith(LFS)) return bytes;
  throw refused(`${JSON.stringify(path)} is kept in Git LFS, which stacks from Git cannot use`);
}
