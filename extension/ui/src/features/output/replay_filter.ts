import type { OutputMessage } from "../../../../../server/protocol/output.ts";

type Stream = OutputMessage["stream"];

/** The last stamp of a stream, and how many of its lines bear it. */
interface Border {
  readonly timestamp: string;
  readonly count: number;
}

/**
 * How far a reconnect goes back beyond the last line, ms: the engine mixes the two streams as it reads them, so a
 * line of one may come after a later one of the other.
 */
const LEAD_MS = 5000;

/** Remembers where each stream is. */
export class OutputBorder {
  readonly #last = new Map<Stream, Border>();
  /** The stamp of the first line that was shown: a stream that has none yet is not shown from before it. */
  #first: string | undefined;
  /** What is still to be held back after a reconnect. */
  readonly #held = new Map<Stream, Border>();
  #isFirst = false;

  /** From when on lines are to be asked for, ISO 8601; `undefined` while none has come. */
  get since(): string | undefined {
    const last = Math.max(...[...this.#last.values()].map(({ timestamp }) => Date.parse(timestamp)));
    return Number.isFinite(last) ? new Date(last - LEAD_MS).toISOString() : undefined;
  }

  /** From here on lines come that may have been shown. */
  reopened(): void {
    if (this.#first === undefined) return;
    this.#isFirst = true;
    const nothing: Border = { timestamp: this.#first, count: 0 };
    for (const stream of ["stdout", "stderr"] as const) {
      this.#held.set(stream, this.#last.get(stream) ?? nothing);
    }
  }

  /**
   * Whether a line is new; it counts as shown then. What a reconnect tells begins with lines that were shown: when its
   * first is not, there is a gap before it.
   */
  judge(
    { stream, timestamp }: Pick<OutputMessage, "stream" | "timestamp">,
  ): "shown" | "new" | "new after a gap" {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (this.#isHeld(stream, timestamp)) return "shown";
    this.#first ??= timestamp;
    const last = this.#last.get(stream);
    this.#last.set(stream, { timestamp, count: last?.timestamp === timestamp ? last.count + 1 : 1 });
    return isFirst ? "new after a gap" : "new";
  }

  /** Once a line of a stream passes, all that follow do: a clock may be set back. */
  #isHeld(stream: Stream, timestamp: string): boolean {
    const held = this.#held.get(stream);
    if (held === undefined) return false;
    if (timestamp < held.timestamp) return true;
    if (timestamp === held.timestamp && held.count > 0) {
      this.#held.set(stream, { timestamp, count: held.count - 1 });
      return true;
    }
    this.#held.delete(stream);
    return false;
  }
}
