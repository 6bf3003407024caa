/** The error of work that stores something. */
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
    if (cause instanceof AppError) throw cause;
    throw new AppError(isDiskFull(cause) ? "no-space" : "failed", `Cannot ${what}: ${reason(cause)}`, {
      cause,
    });
  }
}
