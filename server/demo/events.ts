/** Pure: the incidents of the demo → its timeline. */
import type { Container } from "../docker/container.ts";
import type { TimelineKind } from "../protocol/past/timeline.ts";
import type { NewEvent } from "../store/past/event_rows.ts";
import { type Incidents, RESTART_MS } from "./incidents.ts";

/** Delay of a health check after a start, ms. */
const HEALTHY_MS = 15_000;
/** Duration of the deployment, ms. */
const DEPLOY_MS = 8000;

/**
 * Returns the events of the incidents, oldest first.
 *
 * @param containers Containers by their number; incidents of missing ones are left out.
 */
export function pastEvents(
  hostId: string,
  containers: readonly Container[],
  { outage, oom, crashes, deploy }: Incidents,
): NewEvent[] {
  const [worker, api] = [containers[oom.container], containers[crashes.container]];
  const recreated = deploy.containers.flatMap((index) => containers[index] ?? []);
  const host = (at: number, kind: TimelineKind, message: string | null) => ({
    ...eventOf(hostId, at, kind),
    message,
  });
  const events = [
    host(outage.from, "outage", "Simulated: connect ECONNREFUSED"),
    host(outage.to, "return", null),
    ...worker === undefined ? [] : killed(hostId, worker, oom.grows.to),
    ...api === undefined ? [] : crashes.times.flatMap((at) => ended(hostId, api, at, 1)),
    ...recreated.flatMap((container) => replaced(hostId, container, deploy.at)),
    ...recreated.slice(0, 1).map(({ project }) => ({
      ...eventOf(hostId, deploy.at + DEPLOY_MS, "deploy"),
      ...{ name: project, project, state: "succeeded", action: "deploying", exitCode: 0 },
    })),
  ];
  return events.sort((one, other) => one.at - other.at);
}

function killed(hostId: string, container: Container, at: number): NewEvent[] {
  return [eventOf(hostId, at, "oom", container), ...ended(hostId, container, at, 137)];
}

function ended(hostId: string, container: Container, at: number, exitCode: number): NewEvent[] {
  return [
    { ...eventOf(hostId, at, "exit", container), exitCode },
    eventOf(hostId, at + RESTART_MS, "restart", container),
  ];
}

function replaced(hostId: string, container: Container, at: number): NewEvent[] {
  return [
    { ...eventOf(hostId, at, "exit", container), exitCode: 0 },
    eventOf(hostId, at + 500, "remove", container),
    eventOf(hostId, at + 1000, "create", container),
    eventOf(hostId, at + RESTART_MS, "start", container),
    { ...eventOf(hostId, at + HEALTHY_MS, "health", container), state: "healthy", message: "Simulated: ok" },
  ];
}

function eventOf(hostId: string, at: number, kind: TimelineKind, container?: Container): NewEvent {
  return {
    ...{ at, hostId, kind, containerId: container?.id ?? null, name: container?.name ?? null },
    ...{ project: container?.project ?? null, service: container?.service ?? null, stack_id: null },
    ...{ exitCode: null, state: null, action: null, operation_id: null, message: null, late: false },
  };
}
