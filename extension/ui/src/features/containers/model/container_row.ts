import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { NO_RATES, type Rates, ratesBetween, timeOf } from "./rates.ts";
import { SecondsRing } from "./seconds_ring.ts";

/** Time span of the sparklines in the table, s. */
export const SPARK_SECONDS = 60;

/** Returns the key of a container, with its host because ids are unique per engine only. */
export function keyOf({ hostId, id }: { readonly hostId: string; readonly id: string }): string {
  return `${hostId}/${id}`;
}

/** A row of the table, which changes in place and counts its changes. */
export class ContainerRow {
  /** Rates between the last two readings. */
  rates: Rates = NO_RATES;
  /** Number of changes. */
  version = 0;
  /** Percent of one core. */
  readonly cpu = new SecondsRing(SPARK_SECONDS);
  /** Percent of the limit. */
  readonly memory = new SecondsRing(SPARK_SECONDS);

  constructor(public newest: DetailedStatsMessage) {
    this.#record(newest);
  }

  /** Key of the container. */
  get key(): string {
    return keyOf(this.newest);
  }

  /** Applies a message. */
  update(message: DetailedStatsMessage): void {
    const measured = message.state === "running" && !message.stale;
    this.rates = measured ? ratesBetween(this.newest, message) ?? this.rates : NO_RATES;
    this.newest = message;
    this.#record(message);
    this.version++;
  }

  /** Applies the last minute of the server's history. */
  recall(points: readonly HistoryPoint[]): void {
    for (const [epochMs, cpu, memory] of points.slice(-SPARK_SECONDS)) {
      const second = Math.floor(epochMs / 1000);
      if (cpu !== null) this.cpu.put(second, cpu);
      if (memory !== null) this.memory.put(second, memory);
    }
    this.version++;
  }

  #record(message: DetailedStatsMessage): void {
    const second = Math.floor(timeOf(message) / 1000);
    if (message.state !== "running" || message.stale || Number.isNaN(second)) return;
    if (message.cpuUsage !== null) this.cpu.put(second, message.cpuUsage);
    if (message.memoryUsage !== null) this.memory.put(second, message.memoryUsage);
  }
}
