/** Pure: limits of the texts and files of stacks and of their paths. */
import { AppError } from "../errors.ts";

/** Largest number of further files of a stack. */
export const MOST_FILES = 1000;
/** Largest file, and largest text, bytes. */
export const MOST_FILE_BYTES = 1024 * 1024;
/** Longest path in the folder of a stack, bytes: a system's limit also counts the folders above it. */
const LONGEST_PATH = 1024;
/** Longest name in a path, bytes. */
const LONGEST_NAME = 255;
/** Longest part of a path that a message repeats, characters. */
const LONGEST_QUOTE = 80;
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_BYTES_OF_ALL = 2 * 1024 ** 3;

/**
 * Refuses files beyond the limits.
 *
 * @param sizes Sizes of all files that the stack would have, bytes.
 * @param stored Bytes that the database stores for all stacks and versions.
 * @throws {AppError} "too-large" beyond the limits of a stack, "no-space" beyond that of all.
 */
export function checkFileLimits(sizes: readonly number[], stored: number): void {
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (sizes.length > MOST_FILES) {
    throw new AppError("too-large", `Cannot store the file: a stack has ${MOST_FILES} files at most`);
  }
  if (size > MOST_BYTES) {
    throw new AppError(
      "too-large",
      `Cannot store the file: the files of a stack have ${MOST_BYTES} bytes at most`,
    );
  }
  if (stored + size <= MOST_BYTES_OF_ALL) return;
  throw new AppError("no-space", "Cannot store the file: the files of all stacks have 2 GiB at most");
}

/**
 * Refuses a file or text that could be stored, but not be read for a run.
 *
 * @param what Name of it for the refusal, such as `"app.env"` in quotes.
 * @throws {AppError} "too-large".
 */
export function checkFileSize(what: string, bytes: number): void {
  if (bytes <= MOST_FILE_BYTES) return;
  const message = `it has ${bytes} bytes, ${MOST_FILE_BYTES} at most`;
  throw new AppError("too-large", `Cannot store ${what}: ${message}`);
}

/** Returns a path in quotes for a message; a long one is cut. */
export function quotedPath(path: string): string {
  return JSON.stringify(path.slice(0, LONGEST_QUOTE));
}

/** Returns the expected form of a path that is too long for a disk or has a NUL; `undefined` for other paths. */
export function expectedPath(path: string): string | undefined {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (path.includes("\0")) return "expected a path without NUL";
  if (path.split("/").some((name) => bytes(name) > LONGEST_NAME)) {
    return `expected names of ${LONGEST_NAME} bytes at most`;
  }
  return bytes(path) > LONGEST_PATH ? `expected a path of ${LONGEST_PATH} bytes at most` : undefined;
}
