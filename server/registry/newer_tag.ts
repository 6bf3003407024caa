/** Pure: versions in the tags of images. */

/** A tag such as "1.27.4-alpine": its numbers, and the text around them. */
interface Version {
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly suffix: string;
}

function parseVersion(tag: string): Version | undefined {
  const [, prefix, digits, suffix] = /^(v?)(\d{1,9}(?:\.\d{1,9}){1,3})((?:-[a-zA-Z][\w.-]*)?)$/.exec(tag) ??
    [];
  if (digits === undefined) return undefined;
  return { prefix: prefix!, numbers: digits.split(".").map(Number), suffix: suffix! };
}

/** Reports whether a tag is a version of several numbers, for which newer ones can be found. */
export function isVersion(tag: string): boolean {
  return parseVersion(tag) !== undefined;
}

/**
 * Finds the newest tag with the same form: as many numbers, and the same text around them. "1.27-alpine" is followed by
 * "1.28-alpine", but neither by "1.28" nor by "1.28.1-alpine".
 *
 * @returns `undefined` when no tag is newer, or the tag does not name a version.
 */
export function newerTag(tag: string, others: Iterable<string>): string | undefined {
  const current = parseVersion(tag);
  if (current === undefined) return undefined;
  let newest: { readonly tag: string; readonly version: Version } | undefined;
  for (const other of others) {
    const version = parseVersion(other);
    if (version === undefined || !hasSameForm(version, current)) continue;
    if (compare(version, newest?.version ?? current) > 0) newest = { tag: other, version };
  }
  return newest?.tag;
}

function hasSameForm(one: Version, other: Version): boolean {
  return one.prefix === other.prefix && one.suffix === other.suffix &&
    one.numbers.length === other.numbers.length;
}

function compare(one: Version, other: Version): number {
  for (const [index, number] of one.numbers.entries()) {
    const difference = number - other.numbers[index]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
