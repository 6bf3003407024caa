/** Pure: SVG paths of sparklines. */

/** Size of a curve in pixels, and the value at its upper edge. */
export interface SparkFrame {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

type Point = readonly [x: number, y: number];

/** Returns the path of values from left to right; `NaN` leaves a gap. */
export function sparkPath(values: readonly number[], frame: SparkFrame): string {
  return runsOf(values, frame).map(lineOf).join("");
}

/** Returns the areas below the lines of {@linkcode sparkPath}. */
export function sparkArea(values: readonly number[], frame: SparkFrame): string {
  return runsOf(values, frame).map((run) => {
    const [first, last] = [run[0]![0], run.at(-1)![0]];
    return `${lineOf(run)}L${last.toFixed(1)} ${frame.height}L${first.toFixed(1)} ${frame.height}Z`;
  }).join("");
}

/** Returns the largest value, but at least `least`, so that a quiet curve is not magnified. */
export function topOf(values: readonly number[], least: number): number {
  let top = least;
  for (const value of values) if (value > top) top = value;
  return top;
}

function lineOf(run: readonly Point[]): string {
  return run.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** Returns the points between gaps. */
function runsOf(
  values: readonly number[],
  { width, height, top }: SparkFrame,
): readonly (readonly Point[])[] {
  const step = width / Math.max(values.length - 1, 1);
  const runs: Point[][] = [];
  let run: Point[] | undefined;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) {
      run = undefined;
      continue;
    }
    if (run === undefined) runs.push(run = []);
    run.push([index * step, height - Math.min(value / top, 1) * height]);
  }
  return runs;
}
