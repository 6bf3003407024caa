/** Detects that a log file was truncated, after which engines send nothing more on an open stream. */
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import type { OutputSource } from "./frame.ts";
import { newestLines } from "./newest_lines.ts";

/** Silence of a stream before the first check, ms; doubles from one check to the next. */
const SILENT_MS = 2000;
const LONGEST_SILENCE_MS = 60_000;
/** Shortest interval at which a truncated log is read, ms. */
const SHORTEST_POLL_MS = 1000;
/** Interval of the readings of a truncated log, in times of the duration of one. */
const POLL_FACTOR = 20;

/** A watch over the streams of one container. */
export class TruncationWatch {
  #truncated = false;
  #opened = 0;
  /** Time of the newest lines of the open stream, by `performance.now()`; `undefined` before the first. */
  #heard: number | undefined;
  /** Time of the newest check since then. */
  #checked: number | undefined;
  #silentMs = SILENT_MS;
  #pollMs = SHORTEST_POLL_MS;

  constructor(readonly source: OutputSource) {}

  /** Notes that the stream has delivered new lines. */
  heard(): void {
    const now = performance.now();
    // An engine reads the log from its beginning, which must not take most of its time.
    if (this.#heard === undefined) {
      this.#pollMs = Math.max(SHORTEST_POLL_MS, POLL_FACTOR * (now - this.#opened));
    }
    this.#heard = now;
    this.#checked = undefined;
    this.#silentMs = SILENT_MS;
  }

  /**
   * Watches a stream that is being opened. Resolves with true when it should be opened again by time, with false when
   * the signal aborts.
   */
  async run(signal: AbortSignal): Promise<boolean> {
    this.#opened = performance.now();
    this.#heard = undefined;
    this.#checked = undefined;
    while (!signal.aborted) {
      const isPolled = this.#truncated && this.#heard !== undefined;
      const since = this.#checked ?? this.#heard ?? this.#opened;
      const remaining = since + (isPolled ? this.#pollMs : this.#silentMs) -
        performance.now();
      if (remaining > 0) await pause(remaining, signal);
      else if (isPolled || await this.#isTruncated(signal)) return true;
    }
    return false;
  }

  async #isTruncated(signal: AbortSignal): Promise<boolean> {
    this.#silentMs = Math.min(2 * this.#silentMs, LONGEST_SILENCE_MS);
    this.#truncated = this.source.current()?.state === "running" && await this.#findsNothing(signal);
    this.#checked = performance.now();
    return this.#truncated;
  }

  /** Reports whether the engine finds no newest line: the file is empty, or was truncated. */
  async #findsNothing(signal: AbortSignal): Promise<boolean> {
    try {
      for await (const lines of newestLines(this.source, { tail: 1 }, signal)) {
        if (lines.length > 0) return false;
      }
      return !signal.aborted;
    } catch (error) {
      // The stream meets the same error.
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
