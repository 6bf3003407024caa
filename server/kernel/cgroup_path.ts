/** Pure: `/proc/PID/cgroup` → the folders of a container's own cgroups. */

/** Hierarchies of version 1 that are read. */
export const V1_CONTROLLERS = ["cpuacct", "cpu", "memory", "blkio", "pids", "hugetlb"] as const;

/** One of {@linkcode V1_CONTROLLERS}. */
export type V1Controller = (typeof V1_CONTROLLERS)[number];

/** Paths of a container's own cgroups below the mount of each hierarchy. */
export type CgroupPaths =
  | { readonly version: 2; readonly path: string }
  | { readonly version: 1; readonly paths: Readonly<Partial<Record<V1Controller, string>>> };

/** Id of a container within a component of a path. */
const ANY_ID = /(?:^|-)([0-9a-f]{64})(?:\.scope)?$/;

/**
 * Finds the cgroups of a container in the `/proc/PID/cgroup` of its process.
 *
 * @param own The same file of the reader's own process: an engine inside a container nests its cgroups in that one.
 * @returns `undefined` when the process is not in the container.
 */
export function cgroupPaths(text: string, id: string, own = ""): CgroupPaths | undefined {
  const above = new Set(own.split(/[/\n]/).flatMap((part) => ANY_ID.exec(part)?.[1] ?? []));
  const paths: Partial<Record<V1Controller, string>> = {};
  let unified: string | undefined;
  for (const line of text.split("\n")) {
    const [, hierarchy, names, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (hierarchy === undefined || names === undefined || path === undefined) continue;
    const found = containerPath(path, id, above);
    if (hierarchy === "0" && names === "") unified = found;
    for (const name of names.split(",")) {
      if (found !== undefined && isController(name)) paths[name] = found;
    }
  }
  // On a hybrid machine the controllers are those of version 1, and the unified hierarchy has none.
  if (paths.cpuacct !== undefined) return { version: 1, paths };
  if (/^\d+:(?:[^:]*,)?cpuacct(?:,[^:]*)?:/m.test(text)) return undefined;
  return unified === undefined ? undefined : { version: 2, path: unified };
}

/**
 * Cuts a path after the component that names the container. A process of the container may be deeper. A container can
 * create a cgroup with the name of another container, so no other container may come first.
 */
function containerPath(path: string, id: string, above: ReadonlySet<string>): string | undefined {
  // In a cgroup namespace a path to a neighbor begins with steps upward.
  const [, up = "", down = ""] = /^((?:\/\.\.)*)(\/.*)$/.exec(path) ?? [];
  const parts = down.split("/");
  if (parts.some((part) => part === "." || part === "..")) return undefined;
  const at = parts.findIndex((part) => {
    const found = ANY_ID.exec(part)?.[1];
    return found !== undefined && (found === id || !above.has(found));
  });
  if (at === -1 || ANY_ID.exec(parts[at] ?? "")?.[1] !== id) return undefined;
  return up + parts.slice(0, at + 1).join("/");
}

/**
 * Returns the places below a mount where a path may be. The place of a path with steps upward depends on the reader's
 * own cgroup, which its namespace hides, so the places of both cgroup drivers are tried.
 */
export function placesOf(path: string): readonly string[] {
  const down = path.replace(/^(?:\/\.\.)+/, "");
  return down === path ? [path] : [`/docker${down}`, `/system.slice${down}`, down];
}

function isController(name: string): name is V1Controller {
  return V1_CONTROLLERS.some((one) => one === name);
}
