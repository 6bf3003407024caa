/** Pure: decides from the containers of a service whether an update of it is healthy. */
import type { Container } from "../../docker/container.ts";

/** Facts about a container that a verdict needs. */
export type CheckedContainer = Pick<
  Container,
  "id" | "state" | "health" | "startedAt" | "exitCode" | "restarts" | "service" | "oneOff"
>;

/** State of an update: "running" has no health check, and counts as healthy after a time without a change. */
export type Verdict = "healthy" | "running" | "waiting" | "failed";

const ORDER: readonly Verdict[] = ["failed", "waiting", "running", "healthy"];

/** Returns the worst verdict of the services; one without containers is waiting. */
export function verdictOf(services: readonly string[], containers: readonly CheckedContainer[]): Verdict {
  const verdicts = services.flatMap((service) => {
    const own = ownContainers([service], containers);
    return own.length === 0 ? ["waiting" as const] : own.map(verdictOfOne);
  });
  return ORDER.find((verdict) => verdicts.includes(verdict)) ?? "waiting";
}

/** Identifies the runs of the containers of services: it changes with each restart. */
export function runsOf(services: readonly string[], containers: readonly CheckedContainer[]): string {
  return ownContainers(services, containers).map(({ id, startedAt }) => `${id} ${startedAt}`).sort().join(
    "\n",
  );
}

function ownContainers(services: readonly string[], containers: readonly CheckedContainer[]) {
  return containers.filter(({ service, oneOff, state }) =>
    service !== null && services.includes(service) && !oneOff && state !== "removed"
  );
}

function verdictOfOne({ state, health, exitCode, restarts }: CheckedContainer): Verdict {
  if (state === "running") {
    if (health === "unhealthy") return "failed";
    if (health === "starting") return "waiting";
    return health === "healthy" ? "healthy" : "running";
  }
  if (state === "dead") return "failed";
  if (state !== "exited") return "waiting";
  if (exitCode === 0) return restarts ? "waiting" : "healthy";
  return restarts ? "waiting" : "failed";
}
