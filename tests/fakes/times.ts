/** The spans of the collector, short: tests wait for states, not for clocks. */
import { COLLECTOR_TIMES, type CollectorTimes } from "../../server/stats/collector.ts";

/** What tests run with unless one of the spans is their subject. */
export const QUICK: CollectorTimes = {
  ...COLLECTOR_TIMES,
  warmUpMs: 1,
  stragglerMs: 50,
  retryMs: 1,
  lingerMs: 20,
  backoffMs: 5,
  longestBackoffMs: 20,
};
