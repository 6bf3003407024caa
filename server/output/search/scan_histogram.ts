/** Lines, errors and finds over time, of an output whose times are not known in advance. */
import type { OutputLine } from "../../docker/demux.ts";
import { levelOf } from "../filter/level.ts";
import { searchTime, SLICE_MS } from "../filter/time_share.ts";

/** Counts within one bar. */
interface Counts {
  lines: number;
  errors: number;
  found: number;
}

/** A bar of the histogram. */
export interface ScanBar extends Readonly<Counts> {
  /** Start, ISO 8601, UTC. */
  readonly from: string;
  /** End, exclusive. */
  readonly to: string;
}

/** Number of lines that are counted between two checks of the clock. */
const STEP = 256;
/** Longest beginning of a line that has its level, characters. */
const LONGEST = 16_384;
/**
 * Texts without which no line has the level error or fatal. Most lines have none of them, and recognizing a level
 * takes ten times as long.
 */
const MAY_BE_ERROR =
  /err|eror|fatal|ftl|crit|panic|sever|fail|emerg|alert|exception|traceback|unhandled|uncaught|"\s*:\s*"?(?:[0-3]|[56]\d)\b|<\d{1,3}>|(?:^|\W|m)[EF](?:\d{4}|, \[)/i;

/** A histogram whose bars double in width whenever the lines cover more time than they have room for. */
export class ScanHistogram {
  #counts = new Map<number, Counts>();
  #widthSeconds = 1;
  #last: readonly [second: string, counts: Counts | undefined] = ["", undefined];

  /** @param bars Largest number of bars. */
  constructor(readonly bars: number) {}

  /** Counts lines. Long work is done in pieces, between which other clients are served. */
  async addAll(lines: readonly OutputLine[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < lines.length && !signal.aborted;) {
      at = await searchTime.run(() => this.#addSlice(lines, at), signal);
    }
  }

  /** Counts a line that was found, and was counted before. */
  addFound(timestamp: string): void {
    const counts = this.#countsAt(timestamp);
    if (counts !== undefined) counts.found++;
  }

  /** Returns the bars, the earliest first, without those that have no lines. */
  take(): readonly ScanBar[] {
    const time = (bar: number) => new Date(bar * this.#widthSeconds * 1000).toISOString();
    return [...this.#counts].sort(([one], [other]) => one - other)
      .map(([bar, counts]) => ({ from: time(bar), to: time(bar + 1), ...counts }));
  }

  #addSlice(lines: readonly OutputLine[], from: number): number {
    const end = performance.now() + SLICE_MS;
    let at = from;
    while (at < lines.length && (at === from || performance.now() < end)) {
      const until = Math.min(at + STEP, lines.length);
      for (; at < until; at++) this.#add(lines[at]!);
    }
    return at;
  }

  #add({ timestamp, message }: OutputLine): void {
    const counts = this.#countsAt(timestamp);
    if (counts === undefined) return;
    counts.lines++;
    if (!MAY_BE_ERROR.test(message.length > LONGEST ? message.slice(0, LONGEST) : message)) return;
    const level = levelOf(message);
    if (level === "error" || level === "fatal") counts.errors++;
  }

  /** Returns the counts at a timestamp, which is parsed once per second of the output. */
  #countsAt(timestamp: string): Counts | undefined {
    const second = timestamp.slice(0, 19);
    if (second !== this.#last[0]) this.#last = [second, this.#open(Date.parse(`${second}Z`) / 1000)];
    return this.#last[1];
  }

  #open(second: number): Counts | undefined {
    if (!Number.isFinite(second)) return undefined;
    let bar = Math.floor(second / this.#widthSeconds);
    while (!this.#counts.has(bar) && !this.#hasRoomFor(bar)) {
      this.#widen();
      bar = Math.floor(second / this.#widthSeconds);
    }
    const counts = this.#counts.get(bar) ?? { lines: 0, errors: 0, found: 0 };
    this.#counts.set(bar, counts);
    return counts;
  }

  #hasRoomFor(bar: number): boolean {
    if (this.#counts.size === 0) return true;
    const all = [bar, ...this.#counts.keys()];
    return Math.max(...all) - Math.min(...all) < this.bars;
  }

  #widen(): void {
    const narrow = this.#counts;
    this.#counts = new Map();
    this.#widthSeconds *= 2;
    this.#last = ["", undefined];
    for (const [bar, { lines, errors, found }] of narrow) {
      const counts = this.#counts.get(Math.floor(bar / 2)) ?? { lines: 0, errors: 0, found: 0 };
      counts.lines += lines;
      counts.errors += errors;
      counts.found += found;
      this.#counts.set(Math.floor(bar / 2), counts);
    }
  }
}
