/** Pure: what happened in the past of the demo. Times are epoch ms. */

/** Time span, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The incidents of the last 24 hours. Containers are numbered as in the simulated engine. */
export interface Incidents {
  /** The host could not be read. */
  readonly outage: Span;
  /** A container whose memory grew until it was killed. */
  readonly oom: { readonly container: number; readonly grows: Span };
  /** A container that failed again and again. */
  readonly crashes: { readonly container: number; readonly times: readonly number[] };
  /** A deployment that recreated some containers. */
  readonly deploy: { readonly containers: readonly number[]; readonly at: number };
}

/** Length of the simulated past, ms. */
export const PAST_MS = 24 * 3_600_000;
/** Time from an end to the next start of a container, ms. */
export const RESTART_MS = 5000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Returns the incidents before a time. */
export function incidentsBefore(now: number): Incidents {
  const crashed = now - 13 * HOUR_MS;
  const killed = now - 5 * HOUR_MS;
  const outage = now - 8 * HOUR_MS;
  return {
    outage: { from: outage, to: outage + 11 * MINUTE_MS },
    oom: { container: 4, grows: { from: killed - 90 * MINUTE_MS, to: killed } },
    crashes: {
      container: 6,
      // The engine doubles its delay, up to a minute.
      times: Array.from(
        { length: 12 },
        (_, index) => crashed + 20_000 * index + 6000 * Math.min(index, 9) ** 2 / 2,
      ),
    },
    deploy: { containers: [0, 1], at: now - 3 * HOUR_MS },
  };
}
