/** Address of a merged log. */
import type { ContainerKey, OutputTarget } from "./output_target.ts";
import type { KnownContainer } from "./use_containers.ts";

/** Largest number of containers of a merged log, which the server allows. */
export const MOST_CONTAINERS = 100;

/**
 * Returns the containers that a path names: `project/NAME`, `project/NAME/HOST`, `containers/HOST/ID/HOST/ID…`, or
 * `all` for those that run now.
 *
 * @param known All containers; `undefined` until they are known.
 * @returns `undefined` for any other path, and for `all` until the containers are known.
 */
export function targetOfPath(
  path: readonly string[],
  known: readonly KnownContainer[] | undefined,
): OutputTarget | undefined {
  const [kind, ...rest] = path;
  if (kind === "project" && rest[0] !== undefined) {
    return { containers: [], project: rest[0], ...rest[1] !== undefined && { hostId: rest[1] } };
  }
  const containers = kind === "all" ? runningOf(known ?? []) : kind === "containers" ? keysOf(rest) : [];
  return containers.length === 0 ? undefined : { containers: containers.slice(0, MOST_CONTAINERS) };
}

/** Returns the path of containers by their keys, such as `HOST/ID`; empty without one. */
export function chosenPath(keys: readonly string[]): readonly string[] {
  const parts = keys.map((key) => /^(.+)\/(\w+)$/.exec(key)).filter((found) => found !== null);
  return parts.length === 0 ? [] : ["containers", ...parts.flatMap(([, hostId, id]) => [hostId!, id!])];
}

function runningOf(known: readonly KnownContainer[]): readonly ContainerKey[] {
  return known.filter(({ state }) => state === "running").map(({ id, hostId }) => ({
    hostId,
    containerId: id,
  }));
}

function keysOf(parts: readonly string[]): readonly ContainerKey[] {
  const keys: ContainerKey[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    keys.push({ hostId: parts[index]!, containerId: parts[index + 1]! });
  }
  return keys;
}

/** Returns the file name for a download of a merged log. */
export function fileNameOf([kind, name]: readonly string[]): string {
  return kind === "project" ? `${name}.log.txt` : "containers.log.txt";
}
