/** Work that stores something: its error, and texts as the database keeps them. */
import { AppError, isDiskFull, reason } from "../errors.ts";

/**
 * Runs work that stores something.
 *
 * @param what The work, to complete the sentence "Cannot …".
 * @throws {AppError} "no-space" when no space is left, "failed" for other errors of the disk or the database.
 */
export async function stored<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storageError(what, cause);
  }
}

/** Returns the error of work that stores something; an `AppError` stays as it is. */
export function storageError(what: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = isDiskFull(cause) ? "no-space" : "failed";
  return new AppError(code, `Cannot ${what}: ${reason(cause)}`, { cause });
}

/** Returns a text without NUL, with U+FFFD instead: the database returns a text only up to its first NUL. */
export function wholeText(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}
