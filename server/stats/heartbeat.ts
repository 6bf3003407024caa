/** Pings an engine while it is connected, and follows its clock. */
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import type { Board } from "./board.ts";
import type { CollectorTimes } from "./times.ts";
import { within } from "./within.ts";

/** Differences of clocks up to this size are ignored, ms; an engine's answer states its time in seconds. */
const CLOCK_TOLERANCE_MS = 2000;

/**
 * Pings until the signal aborts.
 *
 * @throws {AppError} when the engine refuses or does not answer.
 */
export async function keepHeartbeat(
  engine: Engine,
  board: Board,
  { heartbeatMs, answerMs }: CollectorTimes,
  session: AbortSignal,
): Promise<void> {
  while (!session.aborted) {
    await pause(heartbeatMs, session);
    if (session.aborted) return;
    adjustClock(board, await within(answerMs, "a ping", session, (patience) => engine.ping(patience)));
  }
}

/** Follows the engine's clock after either clock was set; small differences are the answer's resolution. */
function adjustClock(board: Board, offsetMs: number | undefined): void {
  if (offsetMs === undefined || Math.abs(offsetMs - board.clockOffsetMs) < CLOCK_TOLERANCE_MS) return;
  board.clockOffsetMs = offsetMs;
  board.refreshTexts();
  board.flush();
}
