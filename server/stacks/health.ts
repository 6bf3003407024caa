/** Pure: derives a project's health from its containers, by exit codes and health checks. */
import type { Container } from "../docker/container.ts";
import type { StackService } from "../protocol/stacks.ts";

/** Health of a project; "none" without containers. */
export type Health = "running" | "degraded" | "exited" | "none";

/** Health of a project, with a sentence for users. */
export interface ProjectHealth {
  readonly health: Health;
  readonly message: string;
}

type Part = "up" | "done" | "down";

/**
 * Derives the health of a project; containers of `compose run` do not count.
 *
 * @param names Services that should have a container.
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
  if (down === 0) return { health: "exited", message: "All services have exited with code 0" };
  const why = culprits.slice(0, 3).map(complaint).join("; ");
  const alive = culprits.some(({ state }) =>
    state === "running" || state === "paused" || state === "restarting"
  );
  return { health: up > 0 || alive ? "degraded" : "exited", message: why };
}

/** A container that exited with 0 and has no restart policy is done. */
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

/** Lists the containers by service and name; a service without containers has `null` keys. */
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
