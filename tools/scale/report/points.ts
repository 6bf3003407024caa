/** Pure: the points of the measurement. */

/** Load of one measurement; the containers are those of all hosts together. */
export interface Load {
  readonly containers: number;
  readonly viewers: number;
  readonly hosts: number;
}

/** One curve: a load of which one number changes. */
export interface Sweep {
  readonly varied: keyof Load;
  readonly fixed: Load;
  readonly values: readonly number[];
}

/** The three curves, to 20,000 containers and 7,000 viewers, which are past the knee, and to 50 hosts. */
export const SWEEPS: readonly Sweep[] = [
  {
    varied: "containers",
    fixed: { containers: 10, viewers: 10, hosts: 1 },
    values: [10, 30, 100, 300, 1000, 3000, 10_000, 15_000, 20_000],
  },
  {
    varied: "viewers",
    fixed: { containers: 100, viewers: 1, hosts: 1 },
    values: [1, 3, 10, 30, 100, 300, 1000, 3000, 5000, 7000],
  },
  {
    varied: "hosts",
    fixed: { containers: 1000, viewers: 10, hosts: 1 },
    values: [1, 2, 5, 10, 20, 50],
  },
];

/** Returns the loads of a curve whose varied number is at most a bound. */
export function loadsOf({ varied, fixed, values }: Sweep, most = Infinity): readonly Load[] {
  return values.filter((value) => value <= most).map((value) => ({ ...fixed, [varied]: value }));
}

/** Result of one measurement. */
export interface Point extends Load {
  /** CPU of the server in cores. */
  readonly cores: number;
  readonly megabytes: number;
  /** Delay from a reading to its frame, ms; `NaN` when no frame came. */
  readonly p50: number;
  readonly p99: number;
  /** Share of the messages that one viewer should receive each second, 1 at best. */
  readonly received: number;
}

/** Delay beyond which a viewer sees old numbers, ms: one interval. */
const LATE_MS = 1000;
/** Smallest share of the messages; a little is lost to the ends of a measurement. */
const FEW = 0.9;

/** Returns the first point of a curve at which viewers receive less or later than they should. */
export function kneeOf(points: readonly Point[]): Point | undefined {
  return points.find(({ p99, received }) => !(p99 <= LATE_MS) || received < FEW);
}

/** Returns a part of sorted values: 0.5 for the median; `NaN` without values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
