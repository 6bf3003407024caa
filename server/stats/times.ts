/** Timeouts and intervals of the statistics. */
import type { KernelTimes } from "../kernel/kernel_source.ts";

/** Timeouts and intervals of a sampler; options, so that tests need not wait. */
export interface SamplerTimes {
  /** Delay between the first and the second reading, after which a container's numbers are sent, ms. */
  readonly warmUpMs: number;
  /** Longest wait of a burst for its slowest answers before the others are published, ms. */
  readonly stragglerMs: number;
  /** Time without an answer after which a host counts as silent, ms. After half of it the engine is pinged. */
  readonly silenceMs: number;
  /** Longest wait for a container's first numbers before it is reported without, ms. */
  readonly firstMs: number;
  /** The same for its next numbers, ms; three intervals if they are longer. */
  readonly nextMs: number;
  /** Interval of the checks for missing answers, ms. */
  readonly checkMs: number;
  /** Timeout of one container's numbers, ms. */
  readonly hangMs: number;
  /** Delay before a broken stream is reopened, ms; doubles up to 30 s and resets after a good reading. */
  readonly retryMs: number;
}

/** Production values of a sampler. */
export const SAMPLER_TIMES: SamplerTimes = {
  warmUpMs: 380,
  stragglerMs: 250,
  silenceMs: 5000,
  firstMs: 4000,
  nextMs: 5000,
  checkMs: 500,
  hangMs: 9000,
  retryMs: 500,
};

/** Production values of the kernel as a source. */
const KERNEL_TIMES: KernelTimes = { compareMs: 300_000, searchMs: 30_000 };

/** Timeouts and intervals of a collector; options, so that tests need not wait. */
export interface CollectorTimes extends SamplerTimes, KernelTimes {
  /** Time for which numbers are still read after the last viewer left, ms. */
  readonly lingerMs: number;
  /** Interval of the full comparison with the engine's list while there are viewers, in case an event was lost, ms. */
  readonly relistMs: number;
  /** The same without viewers, ms. */
  readonly idleRelistMs: number;
  /** Longest delay of an event after the list that shows the same change, ms. */
  readonly eventDelayMs: number;
  /** Interval of heartbeats, ms. */
  readonly heartbeatMs: number;
  /** Timeout of an attempt to connect, ms. */
  readonly connectMs: number;
  /** Timeout of lists, of events and of heartbeats, ms. */
  readonly answerMs: number;
  /** Timeout of the inspection of one container, ms. */
  readonly inspectMs: number;
  /** First delay after a lost connection, ms; doubles with each failure. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
  /** The same for an engine on a Unix socket, ms. */
  readonly longestLocalBackoffMs: number;
}

/** Production values of a collector. */
export const COLLECTOR_TIMES: CollectorTimes = {
  ...SAMPLER_TIMES,
  ...KERNEL_TIMES,
  lingerMs: 10_000,
  relistMs: 30_000,
  idleRelistMs: 120_000,
  eventDelayMs: 2000,
  heartbeatMs: 10_000,
  connectMs: 5000,
  answerMs: 9000,
  inspectMs: 3000,
  backoffMs: 1000,
  longestBackoffMs: 30_000,
  longestLocalBackoffMs: 1000,
};

/** Returns the maximum age of a sample that a new viewer receives, ms: two intervals. */
export function maxAgeMs({ intervalMs }: { readonly intervalMs: number }): number {
  return 2 * Math.max(intervalMs, 1000);
}
