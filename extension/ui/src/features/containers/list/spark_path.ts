/** Pure: SVG paths of sparklines. */

/**
 * Returns the path of values from left to right; `NaN` leaves a gap.
 *
 * @param top Value at the upper edge.
 */
export function sparkPath(values: readonly number[], width: number, height: number, top: number): string {
  const step = width / Math.max(values.length - 1, 1);
  let path = "";
  let pen = false;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) {
      pen = false;
      continue;
    }
    const y = height - Math.min(value / top, 1) * height;
    path += `${pen ? "L" : "M"}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    pen = true;
  }
  return path;
}

/** Returns the largest value, but at least `least`, so that a quiet curve is not magnified. */
export function topOf(values: readonly number[], least: number): number {
  let top = least;
  for (const value of values) if (value > top) top = value;
  return top;
}
