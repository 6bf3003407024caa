/** The end of a history on a disk that may be slow. */
import { untilAborted } from "../duration.ts";
import { getLogger } from "../log/log.ts";

const log = getLogger(["dockstat", "history"]);

/**
 * Waits for a history to close, for a limited time. Its journal keeps what has not been copied by then.
 *
 * @param closing Resolves when it is closed, which may be later.
 * @param longestMs Longest wait, ms.
 * @param path Path of the database, for the log.
 */
export async function waitForClose(closing: Promise<void>, longestMs: number, path: string): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestMs);
  try {
    await untilAborted(closing, late.signal);
  } catch (error) {
    if (!late.signal.aborted) throw error;
    log.warn("The disk is slow: {path} is closed without waiting, and its journal keeps the newest history", {
      path,
    });
  } finally {
    clearTimeout(timer);
  }
}
