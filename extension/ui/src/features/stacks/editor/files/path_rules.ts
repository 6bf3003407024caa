/** Pure: rules of the server for the paths of a stack's files. A test compares them with the server's. */
import { PATH_LABELS } from "../../model/plan/labels_files.ts";

/** Largest number of folders and the name in a path. */
const MOST_LEVELS = 16;
/** Longest path, bytes. */
const LONGEST_PATH = 1024;
/** Longest name, bytes. */
const LONGEST_NAME = 255;
/** Names that Compose reads by default. */
const COMPOSE_NAME = /^(docker-)?compose.*\.ya?ml$/i;

/** Returns what is wrong with a path, as a sentence; `undefined` for a valid path. */
export function pathMistake(path: string): string | undefined {
  const names = path.split("/");
  if (/[\\\p{Cc}\u2028\u2029]/u.test(path) || !path.isWellFormed()) return PATH_LABELS.characters;
  if (names.some((name) => name === "" || name === "." || name === "..")) return PATH_LABELS.outside;
  if (names.length > MOST_LEVELS) return PATH_LABELS.levels;
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (names.some((name) => bytes(name) > LONGEST_NAME)) return PATH_LABELS.long;
  if (bytes(path) > LONGEST_PATH) return PATH_LABELS.longPath;
  if (names.some((name) => name.toLowerCase() === ".git")) return PATH_LABELS.git;
  if (path.toLowerCase() === ".env") return PATH_LABELS.env;
  return names.some((name) => COMPOSE_NAME.test(name)) ? PATH_LABELS.compose : undefined;
}

/** Returns what is wrong with a path beside other files; some disks ignore case, and a folder cannot be a file. */
export function conflictMistake(path: string, others: Iterable<string>): string | undefined {
  const lower = path.toLowerCase();
  for (const other of others) {
    const one = other.toLowerCase();
    if (one === lower || one.startsWith(`${lower}/`) || lower.startsWith(`${one}/`)) {
      return PATH_LABELS.taken(other);
    }
  }
  return undefined;
}
