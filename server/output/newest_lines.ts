/** Reads the newest lines of a log by their number. */
import type { OutputLine } from "../docker/demux.ts";
import { ScopedSignal } from "../duration.ts";
import type { OutputSource } from "./frame.ts";

/** Time in which an engine finds the newest lines, ms; in a log file that was truncated it never finds them. */
const ANSWER_MS = 3000;

/** A number of lines, and the earliest time of them. */
interface NewestRequest {
  readonly tail: number;
  /** Epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
}

/** Yields the newest lines; none if the engine does not find them. */
export async function* newestLines(
  { engine, containerId }: OutputSource,
  request: NewestRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputLine[]> {
  using reading = new ScopedSignal(signal);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  const patience = AbortSignal.any([reading.signal, late.signal]);
  try {
    for await (const lines of engine.output(containerId, { follow: false, ...request }, patience)) {
      clearTimeout(timer);
      yield lines;
    }
  } finally {
    clearTimeout(timer);
  }
}
