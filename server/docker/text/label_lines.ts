/** Pure: labels of containers as text. */

/** Labels that are left out: those of image builders, and of Compose, which has a project and a service instead. */
const UNLISTED = /^(com\.docker\.compose\.|org\.opencontainers\.|org\.label-schema\.|desktop\.docker\.)/;
/** Longest text, characters. */
const LONGEST = 4096;

/** Returns the labels of a container, one per line as NAME=VALUE. */
export function labelLines(labels: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(labels).flatMap(([name, value]) =>
    typeof value !== "string" || UNLISTED.test(name) ? [] : [`${name}=${value}`.replace(/[\r\n]/g, " ")]
  );
  return lines.sort().join("\n").slice(0, LONGEST);
}
