/** Checks at fixed times, and as soon as a hold time is over. One that fails stops neither the others nor later rounds. */
import { untilRound } from "../duration.ts";
import { getLogger } from "../log/log.ts";

/** Longest time between two rounds, ms. */
export const ROUND_MS = 500;
/** Shortest time between two rounds, ms. */
const SHORTEST_MS = 20;
/** Interval at which a check that fails is logged, ms. */
const REPORT_MS = 60_000;

const log = getLogger(["dockstat", "alerts"]);

/** A check, with a name for the log. */
export interface Check {
  readonly name: string;
  readonly run: () => void;
}

/** Options for {@linkcode Rounds}. */
export interface RoundsOptions {
  readonly checks: readonly Check[];
  /** Returns the time until the next check is due, ms; it may be negative or infinite. */
  readonly dueMs: () => number;
  /** Longest time between two rounds, ms. */
  readonly roundMs?: number;
}

/** The rounds of checks, which begin with the first interval. Disposing it ends them. */
export class Rounds implements Disposable {
  readonly #roundMs: number;
  readonly #reportedAt = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Time of the next round, as of `performance.now()`. */
  #nextAt = Infinity;
  #ended = false;

  constructor(readonly options: RoundsOptions) {
    this.#roundMs = options.roundMs ?? ROUND_MS;
    this.#schedule();
  }

  /** Brings the next round forward if a check is due before it. */
  soon(): void {
    if (performance.now() + this.options.dueMs() >= this.#nextAt) return;
    this.#schedule();
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #round(): void {
    for (const check of this.options.checks) this.#run(check);
    this.#schedule();
  }

  /** Replaces the timer, which a check may have set too: two timers would be two chains of rounds for ever. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    const waitMs = Math.min(untilRound(this.#roundMs), Math.max(SHORTEST_MS, this.options.dueMs()));
    this.#nextAt = performance.now() + waitMs;
    this.#timer = setTimeout(() => this.#round(), waitMs);
  }

  #run({ name, run }: Check): void {
    try {
      run();
    } catch (error) {
      const now = performance.now();
      if (now - (this.#reportedAt.get(name) ?? -Infinity) < REPORT_MS) return;
      this.#reportedAt.set(name, now);
      log.error("Cannot check {name}: {error}. Trying again", { name, error });
    }
  }
}
