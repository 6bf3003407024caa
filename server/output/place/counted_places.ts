/** Learns the places of lines from a reading that reaches the end of an output. */
import type { OutputLine } from "../../docker/demux.ts";
import { parseMoment } from "../../moment.ts";
import type { OutputSource } from "../frame.ts";
import { knownPlaces } from "./known_places.ts";

/** Number of lines between two kept ones at first, and the number of kept ones above which it doubles. */
const FIRST_STEP = 1024;
const MOST_KEPT = 256;

/** A kept line: its timestamp, and the number of lines before it. */
interface Kept {
  readonly timestamp: string;
  readonly before: number;
}

/** Counts the lines of one reading, and keeps the places of some. */
export class CountedPlaces {
  #kept: Kept[] = [];
  #step = FIRST_STEP;
  #count = 0;
  #next = 0;
  #last = "";

  /** Adds the next lines. */
  add(lines: readonly OutputLine[]): void {
    for (; this.#next < this.#count + lines.length; this.#next += this.#step) {
      this.#kept.push({ timestamp: lines[this.#next - this.#count]!.timestamp, before: this.#next });
      if (this.#kept.length > MOST_KEPT) this.#thin();
    }
    this.#count += lines.length;
    this.#last = lines.at(-1)?.timestamp ?? this.#last;
  }

  /** Replaces the known places of an output; called when its last line was read. */
  learn(source: OutputSource): void {
    const end = parseMoment(this.#last);
    if (end === undefined) return;
    const known = knownPlaces(source);
    known.end = end;
    known.isCounted = true;
    known.index.clear();
    for (const { timestamp, before } of this.#kept) {
      const ns = parseMoment(timestamp);
      if (ns !== undefined) known.index.add(ns, this.#count - before);
    }
  }

  #thin(): void {
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#step *= 2;
    this.#next = this.#kept.at(-1)!.before;
  }
}
