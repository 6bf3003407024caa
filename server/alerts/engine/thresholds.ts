/** Thresholds of one number: a new value costs a comparison, however many rules there are. */
import type { Rule } from "../../protocol/alerts/rule.ts";

/** A rule with its limit. */
export interface Limit {
  readonly rule: Rule;
  readonly above: number;
}

/** The limits of one number of one object. */
export class Thresholds {
  readonly #limits: readonly Limit[];
  /** Number of limits that the newest value exceeds; those are the first ones. */
  #exceeded = 0;

  constructor(limits: readonly Limit[]) {
    this.#limits = [...limits].sort((one, other) => one.above - other.above);
  }

  /** Limits that the newest value exceeds, the lowest first. */
  get exceeded(): readonly Limit[] {
    return this.#exceeded === 0 ? [] : this.#limits.slice(0, this.#exceeded);
  }

  /** Limits that it does not exceed. */
  get others(): readonly Limit[] {
    return this.#limits.slice(this.#exceeded);
  }

  /** Takes a value, and reports the limits that it has crossed. */
  set(value: number, crossed: (limit: Limit, isExceeded: boolean) => void): void {
    while (this.#exceeded < this.#limits.length && value > this.#limits[this.#exceeded]!.above) {
      crossed(this.#limits[this.#exceeded++]!, true);
    }
    while (this.#exceeded > 0 && value <= this.#limits[this.#exceeded - 1]!.above) {
      crossed(this.#limits[--this.#exceeded]!, false);
    }
  }
}
