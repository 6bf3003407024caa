import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { NO_RATES, type Rates, ratesBetween, timeOf } from "./rates.ts";
import { SecondsRing } from "./seconds_ring.ts";

/** How many seconds the small curves of the table show. */
export const SPARK_SECONDS = 60;

/** The key of a container: ids are unique per engine only. */
export function keyOf({ hostId, id }: { readonly hostId: string; readonly id: string }): string {
  return `${hostId}/${id}`;
}

/** A row; it changes in place, and `version` with it. */
export class ContainerRow {
  rates: Rates = NO_RATES;
  version = 0;
  /** Percent of one core. */
  readonly cpu = new SecondsRing(SPARK_SECONDS);
  /** Percent of the limit. */
  readonly memory = new SecondsRing(SPARK_SECONDS);

  constructor(public newest: DetailedStatsMessage) {
    this.#remember(newest);
  }

  get key(): string {
    return keyOf(this.newest);
  }

  /** Takes a message. */
  update(message: DetailedStatsMessage): void {
    this.rates = message.state === "running" ? ratesBetween(this.newest, message) ?? this.rates : NO_RATES;
    this.newest = message;
    this.#remember(message);
    this.version++;
  }

  /** Takes what the server had collected before; only the last minute is kept. */
  recall(points: readonly HistoryPoint[]): void {
    for (const [epochMs, cpu, memory] of points.slice(-SPARK_SECONDS)) {
      const second = Math.floor(epochMs / 1000);
      if (cpu !== null) this.cpu.put(second, cpu);
      if (memory !== null) this.memory.put(second, memory);
    }
    this.version++;
  }

  #remember(message: DetailedStatsMessage): void {
    const second = Math.floor(timeOf(message) / 1000);
    if (message.state !== "running" || message.stale || Number.isNaN(second)) return;
    this.cpu.put(second, message.cpuUsage);
    this.memory.put(second, message.memoryUsage);
  }
}
