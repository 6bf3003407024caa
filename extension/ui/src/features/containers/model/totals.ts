import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { NO_RATES, type Rates } from "./rates.ts";

/** Totals at one moment. */
export interface Totals {
  readonly containers: number;
  readonly running: number;
  readonly paused: number;
  readonly restarting: number;
  /** Containers whose values cannot be read, or whose host is silent. */
  readonly silent: number;
  /** Percent of one core. */
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly rates: Rates;
}

/** A container and its rates. */
export interface Measured {
  readonly newest: DetailedStatsMessage;
  readonly rates: Rates;
}

/** Adds up the running containers whose values can be read. */
export function sum(rows: Iterable<Measured>): Totals {
  let [containers, running, paused, restarting, silent, cpu, memoryBytes] = [0, 0, 0, 0, 0, 0, 0];
  let rates = NO_RATES;
  for (const row of rows) {
    const { state, stale, ...newest } = row.newest;
    containers++;
    if (stale) silent++;
    else if (state === "paused") paused++;
    else if (state === "restarting") restarting++;
    if (state !== "running" || stale) continue;
    running++;
    cpu += newest.cpuUsage ?? 0;
    memoryBytes += newest.memoryBytes ?? 0;
    rates = addRates(rates, row.rates);
  }
  return { containers, running, paused, restarting, silent, cpu, memoryBytes, rates };
}

/** Unknown rates are left out; the sum of unknown rates only is unknown. */
function addRates(one: Rates, other: Rates): Rates {
  const add = (a: number | null, b: number | null) => a === null ? b : b === null ? a : a + b;
  return {
    networkRx: add(one.networkRx, other.networkRx),
    networkTx: add(one.networkTx, other.networkTx),
    blockRead: add(one.blockRead, other.blockRead),
    blockWrite: add(one.blockWrite, other.blockWrite),
  };
}
