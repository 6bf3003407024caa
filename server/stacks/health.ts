/** Pure: the containers of a project → how it is. Exit codes and health decide, not what was last asked for. */
import type { Container } from "../docker/container.ts";
import type { StackService } from "../protocol/stacks.ts";

/** How a project's containers are together; "none" when it has none. */
export type Health = "running" | "degraded" | "exited" | "none";

/** How a project is, and a sentence about it. */
export interface ProjectHealth {
  readonly health: Health;
  readonly message: string;
}

type Part = "up" | "done" | "down";

/**
 * Judges a project by its containers; those that `compose run` has made do not count.
 *
 * @param names The services that are to have a container.
 */
export function projectHealth(
  containers: readonly Container[],
  names: readonly string[] = [],
): ProjectHealth {
  const own = containers.filter(({ oneOff }) => !oneOff);
  if (own.length === 0) return { health: "none", message: "No containers" };
  const count = (part: Part) => own.filter((container) => partOf(container) === part).length;
  const [up, down] = [count("up"), count("down")];
  const culprits = own.filter((container) => partOf(container) === "down");
  const missing = names.filter((name) => own.every(({ service }) => service !== name));
  if (missing.length > 0 && up > 0 && down === 0) {
    return { health: "degraded", message: `Service "${missing[0]}" has no container` };
  }
  if (down === 0 && up > 0) return { health: "running", message: "All services are running" };
  if (down === 0) return { health: "exited", message: "All services have ended with 0" };
  const why = culprits.slice(0, 3).map(complaint).join("; ");
  const alive = culprits.some(({ state }) =>
    state === "running" || state === "paused" || state === "restarting"
  );
  return { health: up > 0 || alive ? "degraded" : "exited", message: why };
}

/** A service that ended with 0 and is not started again has done what it was for. */
function partOf({ state, health, exitCode, restarts, startedAt }: Container): Part {
  if (state === "running") return health === "unhealthy" ? "down" : "up";
  return state === "exited" && exitCode === 0 && !restarts && startedAt !== null ? "done" : "down";
}

function complaint({ service, name, state, health, exitCode, outOfMemory }: Container): string {
  const who = `Service "${service ?? name}"`;
  if (state === "running") return `${who} is ${health}`;
  if (state !== "exited") return `${who} is ${state}`;
  return `${who} has exited with code ${exitCode}${outOfMemory ? " (out of memory)" : ""}`;
}

/** Each container as a service tells it, by name; services without one are there with `null`. */
export function servicesOf(names: readonly string[], containers: readonly Container[]): StackService[] {
  const own = containers.filter(({ oneOff, service }) => !oneOff && service !== null)
    .sort((one, other) => one.name < other.name ? -1 : 1);
  const all = [...new Set([...names, ...own.map(({ service }) => service!)])].sort();
  return all.flatMap((name): StackService[] => {
    const found = own.filter(({ service }) => service === name);
    if (found.length === 0) return [{ name, state: null, health: null, exitCode: null, containerId: null }];
    return found.map(({ state, health, exitCode, finishedAt, id }) => ({
      name,
      state,
      health,
      exitCode: finishedAt === null || state === "running" || state === "paused" ? null : exitCode,
      containerId: id,
    }));
  });
}
