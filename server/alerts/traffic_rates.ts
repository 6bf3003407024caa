/** Pure: the network traffic of machines, from the counters of two readings. */
import type { HostStatsMessage } from "../protocol/hosts.ts";

/** Parts of a reading that its traffic is calculated from. */
export type TrafficReading = Pick<HostStatsMessage, "hostId" | "networkRxBytes" | "networkTxBytes">;

/** Traffic of a machine at its last reading. */
interface Traffic {
  readonly bytes: number;
  readonly at: number;
}

/** Longest time between two readings whose difference is a rate, ms. */
const LONGEST_GAP_MS = 120_000;

/** The rates of all machines. */
export class TrafficRates {
  /** Newest readings, oldest first. */
  readonly #before = new Map<string, Traffic>();

  /** Number of machines whose newest reading is kept. */
  get size(): number {
    return this.#before.size;
  }

  /**
   * Returns the traffic of a machine since its last reading, bytes per second; `null` if it is unknown.
   *
   * @param at Time of the reading by a clock that is never set, ms.
   */
  rateOf({ hostId, networkRxBytes, networkTxBytes }: TrafficReading, at: number): number | null {
    this.#forgetBefore(at - LONGEST_GAP_MS);
    if (networkRxBytes === null || networkTxBytes === null) return null;
    const bytes = networkRxBytes + networkTxBytes;
    const before = this.#before.get(hostId);
    this.#before.delete(hostId);
    this.#before.set(hostId, { bytes, at });
    if (before === undefined || bytes < before.bytes || at <= before.at) return null;
    return (bytes - before.bytes) / ((at - before.at) / 1000);
  }

  /** Forgets readings that are too old for a rate, such as those of removed hosts. */
  #forgetBefore(limitMs: number): void {
    for (const [hostId, { at }] of this.#before) {
      if (at >= limitMs) return;
      this.#before.delete(hostId);
    }
  }
}
