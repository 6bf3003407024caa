/** The messages of one channel. */
import type { ChannelFailure } from "../protocol/alerts/channel.ts";
import type { Message } from "../store/alerts/alert_store.ts";

/** Messages that wait for one channel, and its rate. */
export interface Lane {
  waiting: Message[];
  busy: boolean;
  /** Attempts that have failed since the last success, and the time of the next one (epoch ms). */
  failures: number;
  notBefore: number;
  /** Failed deliveries since the last success. */
  failure: ChannelFailure | undefined;
  /** Messages that may be sent now, and the time at which that was computed. */
  budget: number;
  at: number;
  /** Time of the newest alarm by rule. */
  readonly alarms: Map<string, number>;
}

/** Creates the lane of a channel. */
export function newLane(now: number): Lane {
  // The first refill cuts the budget to the rate of the channel.
  return {
    waiting: [],
    busy: false,
    failures: 0,
    notBefore: 0,
    failure: undefined,
    budget: Infinity,
    at: now,
    alarms: new Map(),
  };
}
