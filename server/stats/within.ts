/** Bounds calls to an engine in time, with an error that names the call that hung. */
import { untilAborted } from "../duration.ts";
import { AppError } from "../errors.ts";

/**
 * Calls an engine, and fails when its answer takes too long.
 *
 * @param what The request, for the message, such as "the request for the containers".
 * @throws {AppError} "engine-unreachable" after the timeout; otherwise the error of the call.
 */
export async function within<T>(
  ms: number,
  what: string,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(ms);
  const patience = AbortSignal.any([signal, limit]);
  try {
    return await untilAborted(call(patience), patience);
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    throw new AppError("engine-unreachable", `no answer to ${what} within ${ms / 1000} s`, { cause: error });
  }
}
