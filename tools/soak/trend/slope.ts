/** Pure: the trend of a measure over time. */

/** One measurement: minutes since the start, and the value. */
export type Point = readonly [minutes: number, value: number];

/**
 * Share of a run that counts as warm-up: of 30 minutes the first 18. The history is full then, with 10,000 series after
 * 17 minutes of 10 new containers each second.
 */
const WARM_UP = 0.6;

/** Returns the growth per minute after the warm-up, by the least squares; 0 for fewer than two points. */
export function slope(points: readonly Point[]): number {
  const end = points.at(-1)?.[0] ?? 0;
  const warm = points.filter(([minutes]) => minutes >= end * WARM_UP);
  const mean = (of: (point: Point) => number) =>
    warm.reduce((sum, point) => sum + of(point), 0) / warm.length;
  const [x, y] = [mean(([minutes]) => minutes), mean(([, value]) => value)];
  const spread = warm.reduce((sum, [minutes]) => sum + (minutes - x) ** 2, 0);
  if (!(spread > 0)) return 0;
  return warm.reduce((sum, [minutes, value]) => sum + (minutes - x) * (value - y), 0) / spread;
}
