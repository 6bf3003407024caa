import type { OutputMessage } from "../../../../../server/protocol/output.ts";

type Stream = OutputMessage["stream"];

/** Last timestamp of a stream, and the number of its lines with that timestamp. */
interface StreamPosition {
  readonly timestamp: string;
  readonly count: number;
}

/**
 * Overlap of a reconnect with the lines before it, ms. The engine interleaves the two streams as it reads them, so a
 * line of one stream may arrive after a later line of the other.
 */
const LEAD_MS = 5000;

/** Recognizes lines that a reconnect sends again. */
export class ReplayFilter {
  readonly #last = new Map<Stream, StreamPosition>();
  /** Timestamp of the first shown line; older lines of the other stream are not shown. */
  #first: string | undefined;
  /** Positions up to which lines are skipped after a reconnect. */
  readonly #skipped = new Map<Stream, StreamPosition>();
  /** True until the first line after a reconnect. */
  #isFirst = false;

  /** Time from which a reconnect requests lines, ISO 8601; `undefined` before the first line. */
  get since(): string | undefined {
    const last = Math.max(...[...this.#last.values()].map(({ timestamp }) => Date.parse(timestamp)));
    return Number.isFinite(last) ? new Date(last - LEAD_MS).toISOString() : undefined;
  }

  /** Starts to skip lines that were already shown; called after a reconnect. */
  reopened(): void {
    if (this.#first === undefined) return;
    this.#isFirst = true;
    const nothing: StreamPosition = { timestamp: this.#first, count: 0 };
    for (const stream of ["stdout", "stderr"] as const) {
      this.#skipped.set(stream, this.#last.get(stream) ?? nothing);
    }
  }

  /**
   * Returns whether a line is new, and records it as shown. A reconnect starts with lines that were shown; if the
   * first one was not, lines are missing before it.
   */
  classify(
    { stream, timestamp }: Pick<OutputMessage, "stream" | "timestamp">,
  ): "shown" | "new" | "new after a gap" {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (this.#isSkipped(stream, timestamp)) return "shown";
    this.#first ??= timestamp;
    const last = this.#last.get(stream);
    this.#last.set(stream, { timestamp, count: last?.timestamp === timestamp ? last.count + 1 : 1 });
    return isFirst ? "new after a gap" : "new";
  }

  /** Skips no more lines of a stream after its first new one, because a clock may be set back. */
  #isSkipped(stream: Stream, timestamp: string): boolean {
    const skipped = this.#skipped.get(stream);
    if (skipped === undefined) return false;
    if (timestamp < skipped.timestamp) return true;
    if (timestamp === skipped.timestamp && skipped.count > 0) {
      this.#skipped.set(stream, { timestamp, count: skipped.count - 1 });
      return true;
    }
    this.#skipped.delete(stream);
    return false;
  }
}
