/** Several outputs as one list, ordered by the timestamps of their lines. */
import { pause } from "../duration.ts";
import type { OutputFrame } from "./frame.ts";

/** Times of {@linkcode MergedOutput}. */
export interface MergeTimes {
  /** Time for which a line waits for earlier lines of other outputs, ms. */
  readonly holdMs: number;
  /** Minimum time between two batches, ms. */
  readonly tickMs: number;
}

interface Held {
  readonly frame: OutputFrame;
  /** Timestamp of the line; for a notice, that of the line before it. */
  readonly key: string;
  /** By `performance.now()`. */
  readonly arrived: number;
}

/** Maximum amount of held frames in characters; beyond it the outputs are not read. */
const MOST_HELD = 4 * 1024 * 1024;

/** A merger of outputs, which may be added at any time. */
export class MergedOutput {
  #held: Held[] = [];
  #size = 0;
  #open = 0;
  #closed = false;
  /** Error of an output, for the reader of the merged one. */
  #failure: { readonly error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  /** @param signal Ends the merging; the added outputs must end with it too. */
  constructor(readonly times: MergeTimes, readonly signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#notify(), { once: true });
  }

  /** Adds an output, and reads it until it ends or cannot continue. */
  add(output: AsyncIterable<readonly OutputFrame[]>): void {
    this.#open++;
    this.during(this.#read(output));
  }

  /** Passes the error of a task on to the reader. */
  during(task: Promise<void>): void {
    task.catch((error) => {
      this.#failure = { error };
      this.#notify();
    });
  }

  /** Ends the merged output once all outputs have ended. */
  close(): void {
    this.#closed = true;
    this.#notify();
  }

  /** Yields batches until the signal aborts, or until all outputs have ended after {@linkcode close}. */
  async *read(): AsyncGenerator<readonly OutputFrame[]> {
    while (!this.signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#held.length === 0) {
        if (this.#closed && this.#open === 0) return;
        await this.#changed.promise;
        continue;
      }
      await pause(this.times.tickMs, this.signal);
      const due = this.#takeDue(performance.now());
      if (due.length > 0) yield due;
    }
  }

  async #read(output: AsyncIterable<readonly OutputFrame[]>): Promise<void> {
    let key = "";
    for await (const frames of output) {
      const arrived = performance.now();
      for (const frame of frames) {
        if (frame.timestamp !== "") key = frame.timestamp;
        this.#held.push({ frame, key, arrived });
        this.#size += frame.json.length;
      }
      this.#notify();
      while (this.#size > MOST_HELD && !this.signal.aborted) await this.#changed.promise;
      if (frames.at(-1)?.final) break;
    }
    this.#open--;
    this.#notify();
  }

  /** Removes the frames whose time is over, and those before them, in order. */
  #takeDue(now: number): readonly OutputFrame[] {
    const hasEnded = this.#open === 0;
    const isOver = ({ arrived }: Held) => hasEnded || now - arrived >= this.times.holdMs;
    const last = this.#held.filter(isOver).reduce((latest, { key }) => key > latest ? key : latest, "");
    const isDue = (held: Held) => isOver(held) || held.key <= last;
    const due = this.#held.filter(isDue).sort((one, other) =>
      one.key < other.key ? -1 : one.key > other.key ? 1 : 0
    );
    this.#held = this.#held.filter((held) => !isDue(held));
    this.#size = this.#held.reduce((size, { frame }) => size + frame.json.length, 0);
    if (due.length > 0) this.#notify();
    return due.map(({ frame }) => frame);
  }

  #notify(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }
}
