/** The run of the benchmark: its options, its pauses, and its end by Ctrl-C. */
import { parseArgs } from "node:util";

/** Options of the command line. */
export interface BenchOptions {
  /** Parts that are measured; all of them if empty. */
  readonly only: readonly string[];
  /** Number of real containers, and the larger number to which the costs are compared. */
  readonly containers: number;
  readonly most: number;
  /**
   * Length of one measurement of CPU, s. Each shim of a container works for about 6 ms every 30 s, whatever else runs; a
   * shorter measurement holds that work by chance.
   */
  readonly seconds: number;
  /** Rounds of the comparisons. */
  readonly rounds: number;
  /** Time over which memory may grow, minutes. */
  readonly minutes: number;
}

/** Time after which no further part begins, ms. */
const LONGEST_MS = 24 * 60_000;

const ended = new AbortController();
const began = performance.now();

/** Aborted by Ctrl-C; everything that was started is then stopped and removed. */
export const stopped: AbortSignal = ended.signal;

/** Ends the run at the first SIGINT or SIGTERM. */
export function endOnSignal(): void {
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => ended.abort(new Error("The benchmark was stopped")));
  }
}

/** Reports whether there is time for another part. */
export function hasTime(): boolean {
  return performance.now() - began < LONGEST_MS;
}

/**
 * Waits.
 *
 * @throws {Error} when the run is stopped.
 */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    stopped.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(stopped.reason);
    };
    const timer = setTimeout(() => {
      stopped.removeEventListener("abort", end);
      resolve();
    }, seconds * 1000);
    stopped.addEventListener("abort", end, { once: true });
  });
}

/**
 * Reads the options.
 *
 * @throws {TypeError} for an unknown option, or a value that is not a positive number.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      only: { type: "string", default: "" },
      containers: { type: "string", default: "50" },
      most: { type: "string", default: "150" },
      seconds: { type: "string", default: "30" },
      rounds: { type: "string", default: "2" },
      minutes: { type: "string", default: "0.5" },
    },
  });
  const number = (name: Exclude<keyof typeof values, "only">) => {
    const value = Number(values[name]);
    if (value > 0 && Number.isFinite(value)) return value;
    throw new TypeError(`--${name}: found "${values[name]}": expected a positive number`);
  };
  return {
    only: values.only.split(",").filter((name) => name !== ""),
    ...{ containers: number("containers"), most: number("most"), seconds: number("seconds") },
    ...{ rounds: number("rounds"), minutes: number("minutes") },
  };
}
