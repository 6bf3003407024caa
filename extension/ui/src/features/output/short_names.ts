/** Pure: names of containers without the beginning that they share. */

/**
 * Returns the names without their shared beginning, such as "web-1" for "shop-web-1" beside "shop-db-1". The beginning
 * ends with "-", "_" or ".", and something of each name stays.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  const [first = ""] = names;
  const ends = [...first.matchAll(/[-_.]/g)].map(({ index }) => index + 1);
  const length = ends.findLast((end) =>
    names.every((name) => name.length > end && name.startsWith(first.slice(0, end)))
  );
  return names.length < 2 || length === undefined ? names : names.map((name) => name.slice(length));
}
