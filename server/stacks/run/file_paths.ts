/** Rules for the paths of a stack's further files. */
import type { Container } from "../../docker/container.ts";
import { AppError } from "../../errors.ts";
import { expectedPath, quotedPath } from "../../store/file_limits.ts";

/** Largest number of folders and the name in a path. */
const MOST_LEVELS = 16;

/** Names that Compose reads by default. */
const COMPOSE_NAME = /^(docker-)?compose.*\.ya?ml$/i;

/**
 * Refuses a path that a stack cannot have a file at.
 *
 * @throws {AppError} "invalid" with the expected form.
 */
export function checkFilePath(path: string): void {
  const problem = problemOf(path);
  if (problem === undefined) return;
  const message = `found ${quotedPath(path)}: ${problem}`;
  throw new AppError("invalid", `Cannot use this path: ${message}`, { issues: [{ path: "path", message }] });
}

/** Reports whether Compose reads a file of this path by default: its name is one of a compose file, or it is the `.env`. */
export function isReadUnasked(path: string): boolean {
  return path.toLowerCase() === ".env" || path.split("/").some((name) => COMPOSE_NAME.test(name));
}

function problemOf(path: string): string | undefined {
  const names = path.split("/");
  if (/[\\\p{Cc}\u2028\u2029]/u.test(path)) return "expected no backslash and no control character";
  if (!path.isWellFormed()) return "expected well-formed Unicode";
  if (names.some((name) => name === "" || name === "." || name === "..")) {
    return 'expected a path within the folder of the stack, such as "config/app.env"';
  }
  if (names.length > MOST_LEVELS) return `expected ${MOST_LEVELS} levels at most`;
  const expected = expectedPath(path);
  if (expected !== undefined) return expected;
  if (names.some((name) => name.toLowerCase() === ".git")) return "expected no .git folder";
  if (path.toLowerCase() === ".env") return "expected another name: the environment is a text of the stack";
  if (names.some((name) => COMPOSE_NAME.test(name))) {
    return "expected another name: Compose reads files of this name by default";
  }
  return undefined;
}

/**
 * Refuses paths that other files make impossible: a folder cannot be a file too, and some disks ignore case or the form of Unicode.
 *
 * @param all Paths of all files of the stack.
 * @throws {AppError} "busy" that names the other file.
 */
export function checkConflicts(written: readonly string[], all: readonly string[]): void {
  // Maps, since a stack may have a thousand files.
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const add = (path: string) => {
    files.set(folded(path), path);
    for (const folder of foldersOf(folded(path))) folders.set(folder, path);
  };
  const own = new Set(written);
  for (const path of all) if (!own.has(path)) add(path);
  for (const path of own) {
    const lower = folded(path);
    const other = files.get(lower) ?? folders.get(lower) ??
      foldersOf(lower).map((folder) => files.get(folder)).find(Boolean);
    if (other !== undefined) {
      throw new AppError("busy", `Cannot store "${path}": the stack has the file "${other}"`);
    }
    add(path);
  }
}

/** Returns a text that is the same for names that are one on disks that ignore case or the form of Unicode. */
function folded(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

/** The place of a stack's files; the folder of an adopted one is the user's. */
export interface FilePlace {
  readonly stackId: number;
  readonly folder: string | null;
  readonly name: string;
  /** Folders that the stack's volumes are, as relative paths. */
  readonly volumes: readonly string[];
}

/** Finds a running container that can move folders above a file of a stack while the file is written. */
export function findWriter(
  place: FilePlace,
  path: string,
  containers: readonly Container[],
): Container | undefined {
  return containers.find(({ state, project, writableFolders }) =>
    state !== "exited" && state !== "created" &&
    writableFolders.split("\n").flatMap((source) => mountedBelow(place, project, source)).some((below) => {
      const folder = below === "" ? "" : `${below}/`;
      // A file directly in the mounted folder is replaced as a whole; only folders further down can be swapped.
      return path.startsWith(folder) && path.slice(folder.length).includes("/");
    })
  );
}

/**
 * Refuses a change of files while a running container can move the folders above one.
 *
 * @throws {AppError} "busy" that names the container.
 */
export function checkWriters(
  place: FilePlace,
  paths: Iterable<string>,
  containers: readonly Container[],
): void {
  for (const path of paths) {
    const writer = findWriter(place, path, containers);
    if (writer === undefined) continue;
    const message = `container "${writer.name}" can move the folders above it. Stop it first`;
    throw new AppError("busy", `Cannot change "${path}" now: ${message}`);
  }
}

/** Returns the mounted parts of a stack's folder as relative paths; empty for the whole folder. */
function mountedBelow(
  { stackId, folder, name, volumes }: FilePlace,
  project: string | null,
  source: string,
): readonly string[] {
  if (source === "") return [];
  if (source.startsWith("volume:")) return project === name ? volumes : [];
  // The engine may see the data folder at another path than DockStat.
  if (folder === null) {
    const found = new RegExp(`/stacks/${stackId}(?:/(.*))?$`).exec(source);
    return found === null ? [] : [found[1] ?? ""];
  }
  if (source === folder) return [""];
  return source.startsWith(`${folder}/`) ? [source.slice(folder.length + 1)] : [];
}
