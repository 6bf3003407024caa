/** Short intervals and timeouts of the collector, since tests wait for states and not for clocks. */
import { COLLECTOR_TIMES, type CollectorTimes } from "../../server/stats/times.ts";

/** Default times of tests, except of those that test a particular one. */
export const QUICK: CollectorTimes = {
  ...COLLECTOR_TIMES,
  warmUpMs: 1,
  stragglerMs: 50,
  checkMs: 5,
  retryMs: 1,
  lingerMs: 20,
  backoffMs: 5,
  longestBackoffMs: 20,
  longestLocalBackoffMs: 10,
};
