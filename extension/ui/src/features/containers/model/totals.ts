import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { SecondsRing } from "./seconds_ring.ts";

/** How many seconds the header's curves show. */
export const TOTAL_SECONDS = 600;
/** A reading stands for this long at most, s, when the past is added up. */
const LONGEST_STEP = 3;

/** The sums of one moment. */
export interface Totals {
  readonly containers: number;
  readonly running: number;
  /** Those whose host is silent: what they do now is not known. */
  readonly silent: number;
  /** Percent of one core. */
  readonly cpu: number;
  readonly memoryBytes: number;
}

/** The sums of the containers that run and can be read. */
export function sum(messages: Iterable<DetailedStatsMessage>): Totals {
  let [containers, running, silent, cpu, memoryBytes] = [0, 0, 0, 0, 0];
  for (const message of messages) {
    containers++;
    if (message.stale) silent++;
    if (message.state !== "running" || message.stale) continue;
    running++;
    cpu += message.cpuUsage;
    memoryBytes += message.memoryBytes ?? 0;
  }
  return { containers, running, silent, cpu, memoryBytes };
}

/** Curves of the totals. */
export class TotalsHistory {
  /** Percent of one core. */
  readonly cpu = new SecondsRing(TOTAL_SECONDS);
  readonly memoryBytes = new SecondsRing(TOTAL_SECONDS);

  /** Notes the sums of a second, epoch s. */
  put(second: number, { cpu, memoryBytes }: Totals): void {
    this.cpu.put(second, cpu);
    this.memoryBytes.put(second, memoryBytes);
  }

  /** Fills in what was added up of the past, where there is nothing yet. */
  recall({ from, cpu, memoryBytes }: Past): void {
    for (let index = 0; index < TOTAL_SECONDS; index++) {
      if (cpu[index] === 0 && memoryBytes[index] === 0) continue;
      this.cpu.put(from + index, cpu[index] ?? 0);
      this.memoryBytes.put(from + index, memoryBytes[index] ?? 0);
    }
  }
}

/** Adds up the histories of containers, second by second. */
export class Past {
  readonly cpu = new Float64Array(TOTAL_SECONDS);
  readonly memoryBytes = new Float64Array(TOTAL_SECONDS);

  /** @param from The first second, epoch s. */
  constructor(readonly from: number) {}

  /**
   * Adds a container's points, each of which stands until the next.
   *
   * @param limitBytes What 100 % of its memory is; `null` when that is not known.
   */
  add(points: readonly HistoryPoint[], limitBytes: number | null): void {
    for (const [index, [epochMs, cpu, memory]] of points.entries()) {
      const second = Math.floor(epochMs / 1000);
      const next = Math.floor((points[index + 1]?.[0] ?? epochMs + 1000) / 1000);
      for (let at = second; at < Math.min(next, second + LONGEST_STEP); at++) {
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
