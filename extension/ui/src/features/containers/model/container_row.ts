import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { NO_RATES, type Rates, ratesBetween, timeOf } from "./rates.ts";
import { lifeOf } from "../attention/life.ts";
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
  /** Last restart that this page has seen, epoch ms; `-Infinity` without one. */
  restartedAt = -Infinity;
  /** Last change of the health that this page has seen, epoch ms; `null` without one. */
  healthChangedAt: number | null = null;
  /** Percent of one core. */
  readonly cpu = new SecondsRing(SPARK_SECONDS);
  /** Percent of the limit. */
  readonly memory = new SecondsRing(SPARK_SECONDS);

  constructor(public newest: DetailedStatsMessage) {
    if (newest.state === "restarting") this.restartedAt = Date.now();
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
    this.#observe(this.newest, message);
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

  /** Notes restarts and changes of the health, since a crash loop runs for a moment between two failures. */
  #observe(before: DetailedStatsMessage, after: DetailedStatsMessage): void {
    const restarts = (lifeOf(after).restartCount ?? 0) > (lifeOf(before).restartCount ?? Infinity);
    if (restarts || after.state === "restarting") this.restartedAt = Date.now();
    // A start or stop by a user ends the loop.
    else if (after.state !== before.state && after.state !== "running") this.restartedAt = -Infinity;
    if (after.health !== before.health) this.healthChangedAt = Date.now();
  }

  /** Returns the mean CPU usage of the last seconds, percent of one core; `null` without readings. */
  meanCpu(seconds: number): number | null {
    return this.cpu.mean(seconds);
  }

  #record(message: DetailedStatsMessage): void {
    const second = Math.floor(timeOf(message) / 1000);
    if (message.state !== "running" || message.stale || Number.isNaN(second)) return;
    if (message.cpuUsage !== null) this.cpu.put(second, message.cpuUsage);
    if (message.memoryUsage !== null) this.memory.put(second, message.memoryUsage);
  }
}
