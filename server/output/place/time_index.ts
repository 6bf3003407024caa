/** Pure: a sparse index of an output by time, made of lines from earlier readings. */

/** A line: its time, and its distance from the end of the output. */
export interface Mark {
  /** Epoch ns. */
  readonly ns: bigint;
  /** Number of lines from it to the end, itself included. */
  readonly lines: number;
}

/** The marks around a time. */
interface Bracket {
  /** At the time or later; the end of the output if no mark is. */
  readonly near: Mark;
  /** Before the time; `undefined` if no mark is. */
  readonly far: Mark | undefined;
}

/** Number of lines before a place that are read rather than asking the engine again. */
export const NEAR_LINES = 16_000;
/** Largest number of marks. */
const MOST_MARKS = 256;
/** Number of lines with which the search for a place begins, and the factor by which it grows at least and at most. */
const FIRST_LINES = 2000;
const LEAST_GROWTH = 1.2;
const MOST_GROWTH = 64;
/** Part of the lines between two marks that is added to an estimate, since lines are not written at a constant rate. */
const SURPLUS = 0.05;

/** Index of one container's output. */
export class TimeIndex {
  /** Latest first. */
  #marks: readonly Mark[] = [];

  /** Number of marks. */
  get size(): number {
    return this.#marks.length;
  }

  /** Adds a line that was read. Marks that contradict it are dropped. */
  add(ns: bigint, lines: number): void {
    const others = this.#marks.filter((mark) =>
      mark.ns > ns ? mark.lines < lines : mark.ns < ns && mark.lines > lines
    );
    this.#marks = [...others, { ns, lines }].sort((one, other) => one.lines - other.lines);
    // Every second one is enough.
    if (this.#marks.length > MOST_MARKS) this.#marks = this.#marks.filter((_, index) => index % 2 === 0);
  }

  /** Removes all marks. */
  clear(): void {
    this.#marks = [];
  }

  /** Moves all marks away from the end when the output has grown by a number of lines. */
  grow(lines: number): void {
    this.#marks = this.#marks.map((mark) => ({ ...mark, lines: mark.lines + lines }));
  }

  /**
   * Returns the number of newest lines that reach back to before a time, as far as it is known.
   *
   * @param endNs Time of the newest line.
   * @param halves True to halve the lines between two marks instead of assuming a constant rate.
   */
  estimate(ns: bigint, endNs: bigint, halves = false): number {
    const { near, far } = this.#around(ns, endNs);
    if (far === undefined) return this.#extrapolated(ns, endNs);
    const width = far.lines - near.lines;
    if (width <= NEAR_LINES) return far.lines;
    const between = halves ? width / 2 : distance(near, far, ns) + Math.min(width * SURPLUS, NEAR_LINES / 4);
    return Math.ceil(Math.min(near.lines + between, far.lines));
  }

  /** Returns the number of lines from a time to the end, interpolated between the marks; 0 without a mark. */
  linesAt(ns: bigint, endNs: bigint): number {
    const { near, far } = this.#around(ns + 1n, endNs);
    if (far !== undefined) return near.lines + distance(near, far, ns);
    const last = this.#marks.at(-1);
    return last === undefined ? 0 : last.lines * Number(endNs - ns) / Math.max(Number(endNs - last.ns), 1);
  }

  /** Returns the time from which on about a number of lines, or more, come before a time; 0 without a mark. */
  earlier(ns: bigint, lines: number, endNs: bigint): bigint {
    const { near, far } = this.#around(ns, endNs);
    const isNarrow = far !== undefined && far.lines - near.lines <= NEAR_LINES;
    const target = (isNarrow ? far.lines : this.linesAt(ns, endNs)) + lines;
    const index = this.#marks.findIndex((mark) => mark.lines >= target && mark.ns < ns);
    const from = index > 0 ? this.#marks[index - 1]! : { ns: endNs, lines: 0 };
    const to = this.#marks.at(index);
    if (to === undefined) return 0n;
    if (index >= 0 && to.lines - from.lines <= NEAR_LINES) return to.ns;
    const nsPerLine = Number(from.ns - to.ns) / Math.max(to.lines - from.lines, 1);
    return ns - BigInt(Math.ceil(nsPerLine * lines));
  }

  /** Returns the estimated number of lines from a mark to a later time. */
  linesFrom({ ns, lines }: Mark, later: bigint, endNs: bigint): number {
    const { near } = this.#around(later, endNs);
    return lines - near.lines - distance(near, { ns, lines }, later);
  }

  /** Returns an estimate beyond the marks, at the rate at which lines were written since. */
  #extrapolated(ns: bigint, endNs: bigint): number {
    const last = this.#marks.at(-1);
    if (last === undefined) return FIRST_LINES;
    const growth = Number(endNs - ns) / Math.max(Number(endNs - last.ns), 1);
    return Math.ceil(last.lines * Math.min(Math.max(growth * (1 + SURPLUS), LEAST_GROWTH), MOST_GROWTH));
  }

  #around(ns: bigint, endNs: bigint): Bracket {
    const index = this.#marks.findIndex((mark) => mark.ns < ns);
    const near = this.#marks.at(index < 0 ? -1 : index - 1);
    // At index 0 there is no later mark.
    return {
      near: index === 0 || near === undefined ? { ns: endNs, lines: 0 } : near,
      far: this.#marks[index],
    };
  }
}

/** Returns the number of lines from a time to a later mark, at the rate between two marks. */
function distance(near: Mark, far: Mark, ns: bigint): number {
  const part = Number(near.ns - ns) / Math.max(Number(near.ns - far.ns), 1);
  return Math.min(Math.max(part, 0), 1) * (far.lines - near.lines);
}
