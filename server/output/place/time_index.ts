/** Pure: a sparse index of an output by time, made of the lines that earlier readings met. */

/** A line: its time, and its distance from the end of the output. */
interface Mark {
  /** Epoch ns. */
  readonly ns: bigint;
  /** Number of lines from it to the end, itself included, when it was met. */
  readonly lines: number;
}

/** Largest number of marks. */
const MOST_MARKS = 256;
/** Number of lines with which the search for a place begins, and the factor by which it grows at least and at most. */
const FIRST_LINES = 2000;
const LEAST_GROWTH = 2;
const MOST_GROWTH = 64;
/** Lines beyond an estimate, since lines are not written at a constant rate. */
const SURPLUS = 1.05;
/** Growth of the output, as a part of a distance, from which older marks are corrected. */
const DRIFT = 0.02;

/** Index of one container's output. */
export class TimeIndex {
  /** Latest first. */
  #marks: Mark[] = [];

  /** Number of marks. */
  get size(): number {
    return this.#marks.length;
  }

  /** Adds a line that was met. Older marks move away from the end when the output has grown. */
  add(ns: bigint, lines: number): void {
    const known = this.#between(ns);
    const grown = known === undefined ? 0 : lines - known;
    if (Math.abs(grown) > Math.max(lines * DRIFT, FIRST_LINES)) {
      this.#marks = this.#marks.map((mark) => ({ ...mark, lines: mark.lines + grown }));
    }
    const others = this.#marks.filter((mark) =>
      mark.lines > 0 && (mark.ns > ns ? mark.lines < lines : mark.ns < ns && mark.lines > lines)
    );
    this.#marks = [...others, { ns, lines }].sort((one, other) => one.lines - other.lines);
    // Every second one is enough.
    if (this.#marks.length > MOST_MARKS) this.#marks = this.#marks.filter((_, index) => index % 2 === 0);
  }

  /**
   * Returns the number of newest lines that reach back to a time, as far as it is known.
   *
   * @param endNs Time of the newest line.
   */
  estimate(ns: bigint, endNs: bigint): number {
    const known = this.#between(ns);
    if (known !== undefined) return Math.ceil(known * SURPLUS);
    const last = this.#marks.at(-1);
    if (last === undefined || last.ns <= ns) return FIRST_LINES;
    // Beyond the marks, at the rate at which lines were written since.
    const growth = Number(endNs - ns) / Math.max(Number(endNs - last.ns), 1);
    const bounded = Math.min(Math.max(growth * SURPLUS, LEAST_GROWTH), MOST_GROWTH);
    return Math.ceil(last.lines * bounded);
  }

  /** Returns the estimated number of lines between two times; 0 if it is not known. */
  linesBetween(earlier: bigint, later: bigint): number {
    const [far, near] = [this.#between(earlier), this.#between(later)];
    return far === undefined || near === undefined ? 0 : Math.max(far - near, 0);
  }

  /** Returns the distance of a time from the end between two marks; `undefined` outside of them. */
  #between(ns: bigint): number | undefined {
    const index = this.#marks.findIndex((mark) => mark.ns <= ns);
    const [far, near] = [this.#marks[index], this.#marks[index - 1]];
    if (far === undefined) return undefined;
    if (far.ns === ns) return far.lines;
    if (near === undefined) return undefined;
    const part = Number(near.ns - ns) / Number(near.ns - far.ns);
    return near.lines + part * (far.lines - near.lines);
  }
}
