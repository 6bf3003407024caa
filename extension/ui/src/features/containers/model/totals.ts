import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { SecondsRing } from "./seconds_ring.ts";

/** Time span of the header's sparklines, s. */
export const TOTAL_SECONDS = 600;
/** Longest time that one reading covers in the history, s. */
const MAX_STEP = 3;

/** Totals at one moment. */
export interface Totals {
  readonly containers: number;
  readonly running: number;
  /** Containers whose values cannot be read, or whose host is silent. */
  readonly silent: number;
  /** Percent of one core. */
  readonly cpu: number;
  readonly memoryBytes: number;
}

/** Adds up the running containers whose values can be read. */
export function sum(messages: Iterable<DetailedStatsMessage>): Totals {
  let [containers, running, silent, cpu, memoryBytes] = [0, 0, 0, 0, 0];
  for (const message of messages) {
    containers++;
    if (message.stale) silent++;
    if (message.state !== "running" || message.stale) continue;
    running++;
    cpu += message.cpuUsage ?? 0;
    memoryBytes += message.memoryBytes ?? 0;
  }
  return { containers, running, silent, cpu, memoryBytes };
}

/** Sparklines of the totals. */
export class TotalsHistory {
  /** Percent of one core. */
  readonly cpu = new SecondsRing(TOTAL_SECONDS);
  /** Bytes in use. */
  readonly memoryBytes = new SecondsRing(TOTAL_SECONDS);

  /** Records the totals of a second, epoch s. */
  put(second: number, { cpu, memoryBytes }: Totals): void {
    this.cpu.put(second, cpu);
    this.memoryBytes.put(second, memoryBytes);
  }

  /** Fills missing seconds from the history. */
  recall({ from, cpu, memoryBytes }: Past): void {
    for (let index = 0; index < TOTAL_SECONDS; index++) {
      if (cpu[index] === 0 && memoryBytes[index] === 0) continue;
      this.cpu.put(from + index, cpu[index] ?? 0);
      this.memoryBytes.put(from + index, memoryBytes[index] ?? 0);
    }
  }
}

/** Sums of container histories per second. */
export class Past {
  /** Percent of one core, per second. */
  readonly cpu = new Float64Array(TOTAL_SECONDS);
  /** Bytes in use, per second. */
  readonly memoryBytes = new Float64Array(TOTAL_SECONDS);

  /** @param from First second, epoch s. */
  constructor(readonly from: number) {}

  /**
   * Adds a container's points, each of which is valid until the next one.
   *
   * @param limitBytes Memory limit of the container; `null` when unknown.
   */
  add(points: readonly HistoryPoint[], limitBytes: number | null): void {
    for (const [index, [epochMs, cpu, memory]] of points.entries()) {
      const second = Math.floor(epochMs / 1000);
      const next = Math.floor((points[index + 1]?.[0] ?? epochMs + 1000) / 1000);
      for (let at = second; at < Math.min(next, second + MAX_STEP); at++) {
        this.#addTo(at - this.from, cpu ?? 0, (memory ?? 0) / 100 * (limitBytes ?? 0));
      }
    }
  }

  #addTo(index: number, cpu: number, memoryBytes: number): void {
    if (index < 0 || index >= TOTAL_SECONDS) return;
    this.cpu[index]! += cpu;
    this.memoryBytes[index]! += memoryBytes;
  }
}
