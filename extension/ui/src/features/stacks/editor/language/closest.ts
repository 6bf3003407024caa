/** Pure: the name that was probably meant. */

/** Largest number of changed characters, as a share of the length. */
const TOLERANCE = 0.4;

/** Returns the name that needs the fewest changes; `undefined` if none is similar. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const [best] = known.map((one) => [one, distance(name, one)] as const)
    .filter(([one, changes]) =>
      changes <= Math.max(1, Math.floor(Math.max(one.length, name.length) * TOLERANCE))
    )
    .sort(([, one], [, other]) => one - other);
  return best?.[0];
}

/** Number of characters to insert, remove or replace (Wagner and Fischer). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced = row[column - 1]! + (other[column - 1] === letter ? 0 : 1);
      next.push(Math.min(row[column]! + 1, next[column - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[other.length]!;
}
